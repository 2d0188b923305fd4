import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleFunctions, type FunctionBundle } from '@cloudnestle/bundles/bundle-functions';
import type { FunctionName } from '@cloudnestle/topology/types';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Handlers } from '../src/build-handlers.ts';
import type { LocalRun } from '../src/start.ts';
import { finish, postJson, readStatus, upgrade } from '../src/testing/buyer.ts';
import { startTestRun } from '../src/testing/start-test-run.ts';
import {
  createTestMarketplace,
  everythingDone,
  type TestMarketplace,
} from '../src/testing/test-marketplace.ts';

let directory: string;
let run: LocalRun;
let marketplace: TestMarketplace;
const loaded: FunctionName[] = [];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'bundles-'));
  const bundles = await bundleFunctions(directory);
  run = await startTestRun({
    demoData: false,
    loadHandlers: (environmentOf) => loadBundles(bundles, environmentOf),
  });
  marketplace = createTestMarketplace(run);
});
afterAll(async () => {
  marketplace?.stop();
  await run?.stop();
  vi.unstubAllEnvs();
  await rm(directory, { recursive: true, force: true });
});

/** Every bundle as Lambda starts it: its environment first, then the module, which reads it at once. */
async function loadBundles(
  bundles: readonly FunctionBundle[],
  environmentOf: Parameters<
    NonNullable<Parameters<typeof startTestRun>[0]>['loadHandlers'] & object
  >[0],
): Promise<Handlers> {
  vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'SILENT');
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'true');
  const handlers: Record<string, unknown> = {};
  for (const { name, file } of bundles) {
    for (const [variable, value] of Object.entries(environmentOf(name)))
      vi.stubEnv(variable, value);
    const module: { handler: unknown } = await import(pathToFileURL(file).href);
    handlers[name] = module.handler;
    loaded.push(name);
  }
  return handlers as Handlers;
}

it('what would be deployed makes a buyer Pro, finds a payment that no webhook told of, and opens the search', async () => {
  expect(loaded).toHaveLength(run.topology.functions.length);
  const [heard, lost] = [await marketplace.addBuyer(), await marketplace.addBuyer()];
  const [first, second] = [await upgrade(run, heard), await upgrade(run, lost)];
  await finish(run, first, { outcome: 'COMPLETED', mode: 'UPI' });
  await finish(run, second, { outcome: 'COMPLETED', mode: 'CARD', webhook: 'lose' });
  await run.idle();
  expect(await marketplace.effectsOn(heard, first.transactionId)).toEqual(everythingDone);
  expect(await marketplace.welcomeMails(heard)).toBe(1);
  expect((await readStatus(run, second)).status).toBe('PENDING');

  await postJson(`${run.url}/payments/callback`, { transactionId: second.transactionId });
  await run.schedules.sweep.runNow();
  await run.idle();
  expect((await readStatus(run, second)).status).toBe('COMPLETED');
  expect(await marketplace.welcomeMails(lost)).toBe(1);

  const search = await postJson(`${run.url}/api/validate-solution-token`, {
    token: 'tok_1_a',
    solution_id: 'aws-solution-finder',
  });
  expect(await search.json()).toMatchObject({ access_tier: 'pro', quota_remaining: -1 });
});
