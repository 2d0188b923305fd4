import { type Job, jobResponseSchema } from '@cloudnestle/contracts/admin/jobs';
import {
  jobStartedResponseSchema,
  letterPreviewResponseSchema,
} from '@cloudnestle/contracts/admin/letters';
import { paymentResponseSchema } from '@cloudnestle/contracts/admin/payment';
import { type AdminRouteKey, adminRoutes } from '@cloudnestle/contracts/admin/routes';
import { waitFor } from '@cloudnestle/test-kit/wait-for';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod';
import type { LocalRun } from '../src/start.ts';
import { finish, postJson, upgrade } from '../src/testing/buyer.ts';
import { startTestRun } from '../src/testing/start-test-run.ts';
import { createTestMarketplace, type TestMarketplace } from '../src/testing/test-marketplace.ts';

let run: LocalRun;
let marketplace: TestMarketplace;
let tokens: Record<'look' | 'repair', string>;

beforeAll(async () => {
  run = await startTestRun({ demoData: false });
  marketplace = createTestMarketplace(run);
  const sign = async (group: string) => {
    const answer = await postJson(`${run.url}/local-issuer/token`, {
      groups: [group],
      username: group,
    });
    return z.object({ token: z.string() }).parse(await answer.json()).token;
  };
  tokens = { look: await sign('look'), repair: await sign('repair') };
});
afterAll(async () => {
  marketplace?.stop();
  await run?.stop();
});

async function ask(
  key: AdminRouteKey,
  {
    params = {},
    body,
    as = 'repair',
  }: { params?: Record<string, string>; body?: object; as?: 'look' | 'repair' } = {},
) {
  const { method, path } = adminRoutes[key];
  const url = run.url + path.replaceAll(/\{(\w+)\}/g, (_, name: string) => params[name] ?? '');
  const answer = await fetch(url, {
    method,
    headers: { authorization: `Bearer ${tokens[as]}`, 'content-type': 'application/json' },
    ...(method === 'POST' ? { body: JSON.stringify(body ?? {}) } : {}),
  });
  return { status: answer.status, body: Object(await answer.json()) };
}

async function jobAtEnd(started: { body: unknown }): Promise<Job> {
  const { jobId } = jobStartedResponseSchema.parse(started.body).job;
  return waitFor('the end of the job', async () => {
    const { job } = jobResponseSchema.parse((await ask('job', { params: { jobId } })).body);
    return job.endedAt !== undefined && job;
  });
}

const breakTiers = async (mode: 'failing' | 'well') => {
  const answer = await postJson(`${run.url}/dev/faults`, { subscriber: 'tiers', mode });
  expect(await answer.json()).toMatchObject({ subscribers: { tiers: mode, entitlements: 'well' } });
};

it('shows an operator where a walk stops, why, what a replay would do, that it failed again, and that it heals', async () => {
  await breakTiers('failing');
  const buyer = await marketplace.addBuyer();
  const order = await upgrade(run, buyer);
  await finish(run, order, { outcome: 'COMPLETED', mode: 'UPI' });
  const params = { transactionId: order.transactionId };
  const look = async () =>
    paymentResponseSchema.parse((await ask('payment', { params, as: 'look' })).body);
  const walkOf = ({ walk }: z.infer<typeof paymentResponseSchema>) =>
    walk.find(({ detailType }) => detailType === 'PaymentCompleted');

  const stopped = await waitFor('all effects but one', async () => {
    const seen = await look();
    return walkOf(seen)?.missing.length === 1 && seen;
  });
  expect(walkOf(stopped)?.missing).toMatchObject([{ subscriber: 'tiers', effect: 'user-tier' }]);
  expect(stopped.verdict.isCertain).toBe(false);

  // Who only looks may not mend it.
  const why = { reason: 'tiers is well again' };
  const refused = await ask('replay', { body: { queue: 'tiers', ...why }, as: 'look' });
  expect(refused).toMatchObject({ status: 403, body: { error: { code: 'FORBIDDEN' } } });

  const previewed = await ask('replay', { body: { queue: 'tiers', dryRun: true } });
  const { preview } = letterPreviewResponseSchema.parse(previewed.body);
  expect(preview).toMatchObject({
    counts: { chosen: 1 },
    reasons: [{ reason: 'tiers is broken on purpose (POST /dev/faults)', count: 1 }],
  });

  const tooEarly = await jobAtEnd(await ask('replay', { body: { queue: 'tiers', ...why } }));
  expect(tooEarly).toMatchObject({ state: 'DONE', counts: { moved: 1 } });
  expect(tooEarly.watched?.failedAgain).toMatchObject([{ count: 1 }]);

  await breakTiers('well');
  const job = await jobAtEnd(await ask('replay', { body: { queue: 'tiers', ...why } }));
  expect(job).toMatchObject({ state: 'DONE', counts: { moved: 1 }, watched: { failedAgain: [] } });
  const healed = await waitFor('the tier', async () => {
    const seen = await look();
    return walkOf(seen)?.state === 'done' && seen;
  });
  expect(healed.verdict).toMatchObject({ kind: 'consistent', isCertain: true });
  expect(healed.actions).toEqual([]);
  const { body: log } = await ask('actions');
  expect(log.actions.map(({ what }: { what: string }) => what)).toEqual([
    'dlq replay',
    'dlq replay',
  ]);
});
