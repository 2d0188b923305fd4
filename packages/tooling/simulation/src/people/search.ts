import { DEFAULT_SOLUTION_ID } from '@cloudnestle/payments/catalogue';
import type { Buyer } from '../parts/buyer.ts';
import type { Simulation } from '../parts/simulation.ts';
import type { Person } from './person.ts';

/** One search in the search app: it asks first whether the token may. */
export async function search(simulation: Simulation, person: Person, buyer: Buyer): Promise<void> {
  await person.call({
    function: 'validateToken',
    method: 'POST',
    path: '/api/validate-solution-token',
    body: {
      token: buyer.token,
      solution_id: DEFAULT_SOLUTION_ID,
      ...(simulation.chance.isHit(0.1) ? { check_only: true } : {}),
    },
  });
}
