import { quotaDayOf } from '@cloudnestle/entitlements/validation/quota-day';
import { mapConcurrently } from '@cloudnestle/runtime/map-concurrently';
import { startTestCloud } from '@cloudnestle/test-kit/cloud';
import { testEnvironment } from '@cloudnestle/test-kit/function-environment';
import { endWithParent } from '../../child-process.ts';
import { writeRows } from '../../write-rows.ts';
import { type Address, type Question, questionSchema, type Seen } from './cloud-messages.ts';
import { buildRecord } from './records.ts';

/** A cloud in a process of its own: what it costs is the same on both sides, and not what is measured. */
endWithParent();
const READS_AT_ONCE = 8;
const NOON_MINUTES = 12 * 60;
const cloud = await startTestCloud();
const now = new Date();
/** Makes it noon where days are counted: none ends while something is measured. */
const utcOffsetMinutes = NOON_MINUTES - (now.getUTCHours() * 60 + now.getUTCMinutes());
const { today, tomorrow } = quotaDayOf(now, utcOffsetMinutes);
let records: ReturnType<typeof buildRecord>[] = [];
let lastSent: Seen['lastSent'] = {};
cloud.cloud.intercept(({ operation, body }) => {
  lastSent[operation] = body;
  return undefined;
});
process.on('message', async (sent) => process.send?.(await answer(questionSchema.parse(sent))));
const address: Address = {
  awsEndpoint: cloud.cloud.endpoint,
  awsRegion: cloud.cloud.region,
  environment: {
    ...testEnvironment(cloud, 'validateToken'),
    QUOTA_UTC_OFFSET_MINUTES: String(utcOffsetMinutes),
  },
  day: { today, tomorrow },
};
process.send?.(address);

async function answer(question: Question): Promise<Seen> {
  if (question.ask === 'put back') {
    await putBack(question);
    return { calls: {}, lastSent: {}, counted: [] };
  }
  // Taken first: the reads that follow are calls as well.
  const seen = { calls: cloud.cloud.calls.snapshot(), lastSent: { ...lastSent } };
  return { ...seen, counted: await mapConcurrently(records, READS_AT_ONCE, readCount) };
}

async function putBack({ searcher, users }: Extract<Question, { ask: 'put back' }>): Promise<void> {
  const build = (index: number) => buildRecord(searcher, index, today);
  records = Array.from({ length: users }, (_, index) => build(index));
  await writeRows(cloud, 'entitlements', { count: users, buildRow: build });
  cloud.cloud.calls.reset();
  lastSent = {};
}

async function readCount({ pk, sk }: (typeof records)[number]): Promise<number | undefined> {
  const { dailyUsage } = (await cloud.get('entitlements', { pk, sk })) ?? {};
  return typeof dailyUsage === 'number' ? dailyUsage : undefined;
}
