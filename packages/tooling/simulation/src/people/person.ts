import type { HttpCall, HttpResult } from '../parts/http.ts';
import type { Simulation } from '../parts/simulation.ts';
import { Actor } from '../time/actor.ts';

/** A buyer, an operator or a stranger: waits, and calls the API. */
export interface Person {
  readonly name: string;
  wait(ms: number): Promise<void>;
  call(call: HttpCall): Promise<HttpResult>;
}

/** Waits until the weeks are over in which no buyer comes; `restAfterMs`: so long after their beginning. */
export async function skipCalm(
  { calm, scheduler }: Simulation,
  person: Person,
  restAfterMs = 0,
): Promise<void> {
  const nowMs = scheduler.nowMs();
  if (!calm || nowMs < calm.fromMs + restAfterMs || nowMs >= calm.untilMs) return;
  await person.wait(calm.untilMs - nowMs);
}

/** Starts the life of a buyer, an operator or a stranger in `delayMs`. What it throws ends the run: it is a bug of the simulation. */
export function startPerson(
  simulation: Simulation,
  name: string,
  delayMs: number,
  live: (person: Person) => Promise<void>,
): void {
  const { scheduler } = simulation;
  const actor = new Actor(name);
  const person: Person = {
    name,
    wait: (ms) => new Promise((resolve) => scheduler.after(ms, actor, resolve)),
    call: (call) => simulation.front.request(actor, call),
  };
  scheduler.after(delayMs, actor, () => {
    live(person).catch((error: unknown) => simulation.watch.broke(error));
  });
}
