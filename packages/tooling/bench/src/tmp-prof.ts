import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { startLocalRun } from '@cloudnestle/dev/start';
import { mapConcurrently } from '@cloudnestle/runtime/map-concurrently';
import { checkOut, seedBuyers } from './local-run.ts';
import { settlePayments } from './throughput/measure-round.ts';
import { startRecordingCloud } from './throughput/start-cloud.ts';

const cloud = await startRecordingCloud();
const run = await startLocalRun({
  endpointUrl: cloud.endpoint,
  log: () => undefined,
  demoData: false,
  schedules: 'by hand',
  retryScale: 0,
});
await run.pollers.invoices.pause();
const dynamo = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const N = Number(process.argv[2] ?? 150);
const buyers = await seedBuyers(run, dynamo, 60 + N);
const orders = await mapConcurrently(buyers, 16, (buyer) => checkOut(run, buyer));
await run.idle();
await settlePayments(run, orders.slice(0, 60), 16);
await run.idle();
const s = new Session();
s.connect();
await s.post('Profiler.enable');
await s.post('Profiler.setSamplingInterval', { interval: 500 });
await s.post('Profiler.start');
const b = process.cpuUsage();
await settlePayments(run, orders.slice(60), 16);
const u = process.cpuUsage(b);
const { profile } = await s.post('Profiler.stop');
console.error('cpu ms per payment', (u.user + u.system) / 1000 / N);
writeFileSync('/tmp/settle.cpuprofile', JSON.stringify(profile));
const self = new Map<string, number>();
const byMod = new Map<string, number>();
const id = new Map(profile.nodes.map((n) => [n.id, n]));
const dt = profile.timeDeltas ?? [];
(profile.samples ?? []).forEach((n, i) => {
  const f = id.get(n)?.callFrame;
  if (!f) return;
  const us = dt[i] ?? 0;
  const m =
    f.url
      .replace(/^.*node_modules\/(?!.*node_modules)/, 'nm:')
      .replace(/^file:\/\/\/tmp\/wt\/r7\//, '')
      .replace(/^(nm:(@[^/]+\/)?[^/]+).*/, '$1') || f.functionName;
  byMod.set(m, (byMod.get(m) ?? 0) + us);
  const k = `${f.functionName} ${m}:${f.lineNumber}`;
  self.set(k, (self.get(k) ?? 0) + us);
});
const show = (m: Map<string, number>, n: number) =>
  [...m]
    .sort((a, b) => b[1] - a[1])
    .slice(0, n)
    .map(([k, v]) => `${(v / 1000 / N).toFixed(3)} ${k}`)
    .join('\n');
console.error(show(byMod, 45));
console.error('----');
console.error(show(self, 40));
await run.stop();
cloud.stop();
process.exit(0);
