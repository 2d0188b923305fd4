import { setImmediate as yieldToOthers } from 'node:timers/promises';
import { METRIC_NAMESPACE } from '@cloudnestle/contracts/metric-names';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createLogger, logSummary } from './logger.ts';
import { createMetrics } from './metrics.ts';
import { runUnit } from './unit-of-work.ts';

let lines: string[] = [];

beforeEach(() => {
  lines = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    lines.push(String(text));
    return true;
  });
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false');
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

it('writes a metric that belongs to no unit of work as a line of its own, under the contract’s namespace', () => {
  const metrics = createMetrics('webhook');
  metrics.count('TierUpdated');
  metrics.time('WebhookProcessingTime', 12);
  metrics.count('RecordRetried', 3);
  const written = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(written).toMatchObject([
    {
      service: 'webhook',
      TierUpdated: 1,
      _aws: { CloudWatchMetrics: [{ Namespace: METRIC_NAMESPACE }] },
    },
    { service: 'webhook', WebhookProcessingTime: 12 },
    { service: 'webhook', RecordRetried: 3 },
  ]);
  expect(written[1]).not.toHaveProperty('TierUpdated');
});

it('writes one line for each unit of work, summary and metrics together, also where units run side by side', async () => {
  const metrics = createMetrics('tiers');
  const log = createLogger('tiers');
  const work = (transactionId: string, updates: number) =>
    runUnit(async () => {
      for (let update = 0; update < updates; update += 1) {
        metrics.count('TierUpdated');
        await yieldToOthers();
      }
      metrics.count('RecordDeadLettered', 0);
      logSummary(log, { unit: 'tiers', outcome: 'applied', durationMs: 1, transactionId });
      // Too late for the line, and not lost.
      if (updates === 1) metrics.count('RecordRetried');
    });
  await Promise.all([work('txn_1', 1), work('txn_2', 2)]);
  const written = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(written).toMatchObject([
    { message: 'summary', transactionId: 'txn_1', TierUpdated: 1, RecordDeadLettered: 0 },
    { RecordRetried: 1 },
    { message: 'summary', transactionId: 'txn_2', TierUpdated: [1, 1], service: 'tiers' },
  ]);
  expect(written[0]).toMatchObject({
    _aws: {
      CloudWatchMetrics: [
        {
          Namespace: METRIC_NAMESPACE,
          Dimensions: [['service']],
          Metrics: [
            { Name: 'TierUpdated', Unit: 'Count' },
            { Name: 'RecordDeadLettered', Unit: 'Count' },
          ],
        },
      ],
    },
  });
});

it('writes at once what no other delivery would count, and the summary whatever the level of the log', async () => {
  vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'ERROR');
  const metrics = createMetrics('notifications');
  const log = createLogger('notifications');
  await runUnit(async () => {
    metrics.count('EmailUnknown', 1, { atOnce: true });
    expect(lines).toHaveLength(1);
    logSummary(log, { unit: 'notifications', outcome: 'skipped: unknown', durationMs: 1 });
  });
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { EmailUnknown: 1 },
    { outcome: 'skipped: unknown' },
  ]);
});
