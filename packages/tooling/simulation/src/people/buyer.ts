import { deriveToken } from '@cloudnestle/entitlements/token';
import { DEFAULT_SOLUTION_ID } from '@cloudnestle/payments/catalogue';
import { defaultTableNames } from '@cloudnestle/topology/tables';
import type { Chance } from '../chance/create-chance.ts';
import { tokenSecret } from '../gateway/credentials.ts';
import type { HttpResult } from '../parts/http.ts';
import type { Buyer, Simulation } from '../parts/simulation.ts';
import type { Person } from './person.ts';

const solutionKey = `solution#${DEFAULT_SOLUTION_ID}`;

/** Registers a buyer: the user's row, and the entitlement records that such a user happens to have. */
export function registerBuyer(simulation: Simulation, number: number): Buyer {
  const { chance } = simulation;
  const userId = `u${number}_${chance.below(0x7fffffff).toString(36)}`;
  const email = drawEmail(chance, userId);
  const buyer: Buyer = {
    userId,
    email,
    token: deriveToken(email, DEFAULT_SOLUTION_ID, tokenSecret.tokenSecret),
    records: chance.weighted({ both: 6, byUserId: 2, byEmail: 1, none: 2 }),
    isSuspended: chance.isHit(0.01),
    tier: chance.weighted({ registered: 96, pro: 2, gold: 2 }),
    wish: { tier: 'pro' },
  };
  put(simulation, defaultTableNames.users, {
    userId,
    email,
    ...(buyer.tier !== 'registered' || chance.isHit(0.8) ? { subscriptionTier: buyer.tier } : {}),
    ...(buyer.isSuspended ? { subscriptionStatus: 'suspended' } : {}),
    name: `Buyer ${number}`,
  });
  for (const record of drawRecords(buyer)) put(simulation, defaultTableNames.entitlements, record);
  return buyer;
}

/** Another system changes the address, as the buyer wishes. */
export function changeEmail(simulation: Simulation, buyer: Buyer): void {
  buyer.email = `new.${buyer.email}`;
  simulation.aws.dynamo.execute('UpdateCommand', {
    TableName: defaultTableNames.users,
    Key: { userId: buyer.userId },
    UpdateExpression: 'SET email = :email',
    ExpressionAttributeValues: { ':email': buyer.email },
  });
}

/** An admin of the marketplace suspends the buyer, in every record there is. */
export function suspend({ aws, scheduler }: Simulation, buyer: Buyer): void {
  if (buyer.isSuspended) return;
  buyer.isSuspended = true;
  buyer.suspendedAtMs = scheduler.nowMs();
  const update = (table: string, key: Record<string, string>, attribute: string) => {
    if (!aws.dynamo.peek(table, key)) return;
    aws.dynamo.execute('UpdateCommand', {
      TableName: table,
      Key: key,
      UpdateExpression: 'SET #status = :suspended',
      ExpressionAttributeNames: { '#status': attribute },
      ExpressionAttributeValues: { ':suspended': 'suspended' },
    });
  };
  const { users, entitlements } = defaultTableNames;
  update(users, { userId: buyer.userId }, 'subscriptionStatus');
  for (const owner of [buyer.userId, buyer.email.toLowerCase()]) {
    update(entitlements, { pk: `user#${owner}`, sk: solutionKey }, 'status');
  }
}

/** One click on the button that buys. */
export function click(person: Person, { userId, email, wish }: Buyer): Promise<HttpResult> {
  return person.call({
    function: 'upgrade',
    method: 'POST',
    path: '/payments/upgrade-to-pro',
    body: { userId, userEmail: email, ...wish },
  });
}

function drawEmail(chance: Chance, userId: string): string {
  const address = `${userId}@buyers.example`;
  return chance.isHit(0.1) ? address.toUpperCase() : address;
}

function drawRecords({ userId, email, token, records, isSuspended, tier }: Buyer): object[] {
  const shared = {
    sk: solutionKey,
    token,
    solution_id: DEFAULT_SOLUTION_ID,
    user_email: email.toLowerCase(),
    tier,
    access_tier: tier,
    status: isSuspended ? 'suspended' : 'active',
  };
  const byUserId = {
    ...shared,
    pk: `user#${userId}`,
    accessTier: tier,
    user_id: userId,
    dailyUsage: 0,
    updatedAt: '2026-01-01T00:00:00.000Z',
  };
  const byEmail = {
    ...shared,
    pk: `user#${email.toLowerCase()}`,
    usage: { daily_usage: {} },
    updated_at: '2026-01-01T00:00:00.000Z',
  };
  return [
    ...(records === 'both' || records === 'byUserId' ? [byUserId] : []),
    ...(records === 'both' || records === 'byEmail' ? [byEmail] : []),
  ];
}

function put({ aws }: Simulation, table: string, item: object): void {
  aws.dynamo.execute('PutCommand', { TableName: table, Item: item });
}
