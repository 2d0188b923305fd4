import { METRIC_NAMESPACE } from '@cloudnestle/contracts/metric-names';
import { startTestCloud, type TestCloud } from '@cloudnestle/test-kit/cloud';
import { type RunningSandbox, startTestGateway } from '@cloudnestle/test-kit/gateway';
import { alarms } from '@cloudnestle/topology/alarms';
import { dashboard } from '@cloudnestle/topology/dashboard';
import { type LocatedMetric, locateMetric } from '@cloudnestle/topology/locate-metric';
import { metricsOf } from '@cloudnestle/topology/metrics';
import { buildStageNames } from '@cloudnestle/topology/stage-names';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { collectMetrics } from './metrics/collect-metrics.ts';
import { playHttp } from './metrics/play-http.ts';
import { playQueues } from './metrics/play-queues.ts';
import { createWorld } from './metrics/world.ts';

const names = buildStageNames('asha');

let cloud: TestCloud;
let gateway: RunningSandbox;
let emitted: readonly LocatedMetric<unknown>[];

beforeAll(async () => {
  cloud = await startTestCloud();
  gateway = await startTestGateway(cloud);
  await cloud.writeSecret(cloud.topology.secrets.tokenSecret, {
    tokenSecret: 'only-for-tests'.repeat(4),
  });
  vi.stubEnv('POWERTOOLS_METRICS_NAMESPACE', names.nameOf(METRIC_NAMESPACE));
  // Powertools writes no metric in its own development mode.
  vi.stubEnv('POWERTOOLS_DEV', 'false');
  const metrics = collectMetrics();
  try {
    const world = createWorld(cloud, gateway);
    await playHttp(world);
    await playQueues(world);
  } finally {
    metrics.stop();
    vi.unstubAllEnvs();
  }
  emitted = [...new Map(metrics.found.map((each) => [inWords(each), each])).values()];
});
afterAll(async () => {
  await gateway.close();
  await cloud.stop();
});

const measures = [
  ...alarms.map(({ measure }) => measure),
  ...dashboard.flatMap(({ widgets }) =>
    widgets.flatMap(({ series }) => series.map((each) => each.measure)),
  ),
];
const own = measures.flatMap(metricsOf).flatMap((metric) => {
  return metric.of === 'service' ? [metric] : [];
});
const wanted = new Map(own.map((metric) => [`${metric.service} emits ${metric.name}`, metric]));

it.each([...wanted])('%s where alarms and dashboard look for it', (_what, metric) => {
  expect(emitted.map(inWords)).toContain(inWords(locateMetric(metric, { names, apiId: '' })));
});

function inWords({ namespace, name, dimensions }: LocatedMetric<unknown>): string {
  return `${namespace} ${name} ${JSON.stringify(dimensions)}`;
}

it('tells two stages of one account apart', () => {
  expect(new Set(emitted.map(({ namespace }) => namespace))).toEqual(
    new Set([`asha-${METRIC_NAMESPACE}`]),
  );
});
