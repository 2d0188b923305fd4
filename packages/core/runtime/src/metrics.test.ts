import { METRIC_NAMESPACE } from '@cloudnestle/contracts/metric-names';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createMetrics } from './metrics.ts';

let lines: string[] = [];

beforeEach(() => {
  lines = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    lines.push(String(text));
    return true;
  });
  // Powertools writes no metric in its own development mode.
  vi.stubEnv('POWERTOOLS_DEV', 'false');
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false');
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

it('writes every metric as a line of its own, under the contract’s namespace', () => {
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
