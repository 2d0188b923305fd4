import { setTimeout as sleep } from 'node:timers/promises';
import { collectStory } from '../story/collect-story.ts';
import type { Sources } from '../story/connect-sources.ts';
import type { Story } from '../story/story.ts';

const TIMEOUT_MS = 15_000;
const LOOK_EVERY_MS = 500;

const nothingWaits: Story['queues'] = { dead: [], live: [] };

/**
 * Looks at an order's tables until `isDone`, at most 15 s; neither the gateway is asked meanwhile, nor are dead letters
 * taken into anybody's hands. Then answers the whole story anew.
 */
export async function waitForStory(
  sources: Sources,
  { order, judgement, others }: Story,
  options: { isDone(story: Story): boolean; publishedAt: Date; signal: AbortSignal },
): Promise<Story> {
  const { isDone, publishedAt, signal } = options;
  const { transactionId } = order.row;
  const known = { judgement, others, queues: nothingWaits };
  const until = Date.now() + TIMEOUT_MS;
  while (!signal.aborted && Date.now() < until) {
    if (isDone(await collectStory(sources, transactionId, { signal, known }))) break;
    await sleep(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
  return collectStory(sources, transactionId, { signal, publishedAt });
}
