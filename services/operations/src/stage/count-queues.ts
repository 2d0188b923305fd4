import type { QueuesResponse } from '@cloudnestle/contracts/admin/letters';
import { countMessages } from '@cloudnestle/operations/letters/stage-queues';
import { type Part, readPart } from '@cloudnestle/operations/story/story';
import { type Answer, answerTagged } from '../api/call.ts';
import type { Desk } from '../desk/connect-desk.ts';

type QueueCounts = QueuesResponse['queues'][number];

/** `GET queues`: what waits and what has failed, by attributes only. */
export const answerQueues: Answer = async (call) => {
  const { desk } = call;
  const queues = await Promise.all(
    (await countQueues(desk)).map(async (counts) => {
      const walker = await desk.walks.look(counts.name);
      return walker === undefined ? counts : { ...counts, walker };
    }),
  );
  const countedAt = desk.platform.now().toISOString();
  return answerTagged(call, { countedAt, queues }, { volatile: ['countedAt'] });
};

/** Messages of every queue and its dead-letter queue, side by side. Nothing is received. */
export function countQueues({
  sources,
  sqs,
}: Pick<Desk, 'sources' | 'sqs'>): Promise<QueueCounts[]> {
  const count = async (url: string) => toPart(await readPart(() => countMessages(sqs, url)));
  return Promise.all(
    sources.letters.sources.map(async ({ queue: { name, liveUrl, deadLetterUrl } }) => {
      const [live, dead] = await Promise.all([
        liveUrl === undefined ? undefined : count(liveUrl),
        count(deadLetterUrl),
      ]);
      return { name, dead, ...(live === undefined ? {} : { live }) };
    }),
  );
}

/** A part as answers have it. */
export function toPart<Value>(part: Part<Value>): Value | { unread: string } {
  return part.kind === 'read' ? part.value : { unread: part.why };
}
