import { startTestCloud } from '@cloudnestle/test-kit/cloud';
import { testEnvironment } from '@cloudnestle/test-kit/function-environment';
import { writeGatewaySecret } from '@cloudnestle/test-kit/gateway';
import * as z from 'zod';
import { endWithParent } from '../../child-process.ts';
import { writeRows } from '../../write-rows.ts';
import { type Calls, type News, type Question, questionSchema } from './cloud-messages.ts';
import { buildClosedRow, buildDueRow } from './rows.ts';

/** A cloud in a process of its own, its transactions table filled: `cloud-process.ts DUE CLOSED GATEWAY_URL`. */
endWithParent();
const [due, closed, gatewayUrl] = z
  .tuple([z.coerce.number().int(), z.coerce.number().int(), z.url()])
  .parse(process.argv.slice(2));
const TELL_EVERY = 0.01;

const cloud = await startTestCloud();
await writeGatewaySecret(cloud);
await fill();
process.on('message', async (sent) => process.send?.(await answer(questionSchema.parse(sent))));
tell({
  kind: 'ready',
  address: {
    awsEndpoint: cloud.cloud.endpoint,
    awsRegion: cloud.cloud.region,
    environment: testEnvironment(cloud, 'sweep', { gatewayUrl }),
  },
});

async function fill(): Promise<void> {
  const now = new Date();
  let told = 0;
  const buildRow = (index: number) => buildClosedRow(index, now);
  await writeRows(cloud, 'transactions', { count: closed, buildRow }, (done) => {
    if (done < told + TELL_EVERY) return;
    told = done;
    tell({ kind: 'filling', done });
  });
}

async function answer(question: Question): Promise<Calls> {
  if (question === 'make due') {
    const now = new Date();
    const buildRow = (index: number) => buildDueRow(index, now);
    await writeRows(cloud, 'transactions', { count: due, buildRow });
    cloud.cloud.calls.reset();
  }
  return cloud.cloud.calls.snapshot();
}

function tell(news: News): void {
  process.send?.(news);
}
