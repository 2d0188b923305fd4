import type { HttpAnswer } from '@cloudnestle/payments/gateway-tools';
import { expect, it } from 'vitest';
import { createChance } from '../chance/create-chance.ts';
import type { CallFault } from '../faults/fault-kinds.ts';
import { Actor } from '../time/actor.ts';
import { Scheduler } from '../time/scheduler.ts';
import { noTrace } from '../trace/create-trace.ts';
import { createGatewayHttp } from './gateway-http.ts';

const LIMIT_MS = 10_000;
const taken = JSON.stringify({ refundId: 'OMR1', amount: 100, state: 'PENDING' });

/** One refund over the simulated wire, given up after 10 s: what the caller hears, and when the gateway made it. */
async function refundUnder(fault: CallFault | undefined) {
  const network = new Actor('network');
  const container = { functionName: 'refunds', actor: new Actor('refunds/1') };
  const scheduler = new Scheduler(0, network);
  const madeAtMs: number[] = [];
  const asked: string[] = [];
  const send = createGatewayHttp(
    {
      scheduler,
      network,
      chance: createChance(1),
      trace: noTrace,
      faults: {
        ofCall: ({ operation }) => {
          asked.push(operation);
          return fault;
        },
        happens: () => false,
        note: () => undefined,
      },
      watch: { asked: () => undefined, refundAsked: () => undefined },
      gateway: {
        answer: () => {
          madeAtMs.push(scheduler.nowMs());
          return { kind: 'answered', status: 200, body: taken };
        },
      },
    },
    container,
  );
  const patience = new AbortController();
  scheduler.after(LIMIT_MS, container.actor, () => patience.abort());
  const heard: HttpAnswer[] = [];
  const request = {
    method: 'POST',
    url: 'https://gateway.example/apis/pg/payments/v2/refund',
    headers: {},
    body: '{}',
    connection: 'fresh',
  } as const;
  void send(request, patience.signal).then((answer) => heard.push(answer));
  await scheduler.run(() => false);
  expect(asked).toEqual(['POST /apis/pg/payments/v2/refund']);
  return { heard, madeAtMs };
}

const notArrived = { kind: 'failed', mayHaveArrived: false };
const maybeArrived = { kind: 'failed', mayHaveArrived: true };

it.each([
  [undefined, { kind: 'answered', status: 200, body: taken }, 'made'],
  ['slow', { kind: 'answered', status: 200, body: taken }, 'made'],
  ['refused', notArrived, 'not made'],
  ['connectTimeout', notArrived, 'not made'],
  ['throttled', { status: 429 }, 'not made'],
  ['unauthorized', { status: 401 }, 'not made'],
  ['timeout', { ...maybeArrived, reason: 'timed out' }, 'not made'],
  ['timeoutAfterEffect', { ...maybeArrived, reason: 'timed out' }, 'made'],
  ['lateEffect', { ...maybeArrived, reason: 'timed out' }, 'made'],
  ['lostAnswer', { ...maybeArrived, reason: 'ECONNRESET' }, 'made'],
  ['serverErrorAfterEffect', { status: 502 }, 'made'],
  ['malformedAnswer', { status: 200 }, 'made'],
] as const)('a refund that meets %s is answered %o and %s, once', async (fault, answer, made) => {
  const { heard, madeAtMs } = await refundUnder(fault);
  expect(heard).toEqual([expect.objectContaining(answer)]);
  expect(madeAtMs).toHaveLength(made === 'made' ? 1 : 0);
});
