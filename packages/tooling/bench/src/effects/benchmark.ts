import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { DemoUser } from '@cloudnestle/dev/demo-users';
import { type LocalRun, startLocalRun } from '@cloudnestle/dev/start';
import { waitFor } from '@cloudnestle/test-kit/wait-for';
import type { BenchmarkOptions, Findings, Measure } from '../benchmark.ts';
import { checkOut } from '../local-run/checkout.ts';
import { seedBuyers } from '../local-run/seed-buyers.ts';
import { waitForEffects } from '../local-run/wait-for-effects.ts';
import { quantile } from '../statistics.ts';

const WARM_UP_PAYMENTS = 30;
const TIMEOUT_MS = 10_000;

/** How long after the webhook's answer the last of the four effects is done, one payment after the other. */
export async function measureEffects({ quick, progress }: BenchmarkOptions): Promise<Findings> {
  const run = await startLocalRun({ log: () => undefined, demoData: false, schedules: 'by hand' });
  try {
    const dynamo = DynamoDBDocumentClient.from(new DynamoDBClient({}));
    const buyers = await seedBuyers(run, dynamo, WARM_UP_PAYMENTS + (quick ? 20 : 300));
    const times: number[] = [];
    for (const [index, buyer] of buyers.entries()) {
      const ms = await measurePayment(run, buyer);
      if (index >= WARM_UP_PAYMENTS) times.push(ms);
      progress((index + 1) / buyers.length);
    }
    return toFindings(times);
  } finally {
    await run.stop();
  }
}

async function measurePayment(run: LocalRun, buyer: DemoUser): Promise<number> {
  const { transactionId, headers, body } = await checkOut(run, buyer);
  await waitFor('the first mail', () => isAnnounced(run, transactionId));
  const answer = await fetch(`${run.url}/payments/phonepe-webhook`, {
    method: 'POST',
    headers,
    body,
  });
  const answeredAtMs = Date.now();
  await answer.arrayBuffer();
  if (!answer.ok) throw new Error(`the webhook answered ${answer.status}`);
  const lastAtMs = await waitForEffects(run.timeline, [transactionId], { timeoutMs: TIMEOUT_MS });
  return lastAtMs - answeredAtMs;
}

function isAnnounced({ timeline }: LocalRun, transactionId: string): boolean {
  return timeline
    .summaries()
    .some(
      ({ fields }) =>
        fields.transactionId === transactionId && fields.detailType === 'PaymentInitiated',
    );
}

function toFindings(times: readonly number[]): Findings {
  const measure = (name: string, share: number): Measure => ({
    what: `webhook answer to last effect, ${name}`,
    unit: 'ms',
    measured: quantile(times, share),
  });
  return {
    measures: [measure('p50', 0.5), measure('p99', 0.99)],
    notes: [
      `${times.length} payments, one after the other, over HTTP on a local run with everything in one process.`,
    ],
  };
}
