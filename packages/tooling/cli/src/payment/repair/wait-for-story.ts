import { setTimeout as sleep } from 'node:timers/promises';
import { pauseMs, shell } from '../../shell.ts';
import { collectStory } from '../story/collect-story.ts';
import type { Sources } from '../story/connect-sources.ts';
import type { Story } from '../story/story.ts';

const LOOK_EVERY_MS = 500;

const nothingWaits: Story['queues'] = { dead: [], live: [] };

/**
 * Looks at an order's tables until `isDone`, at most as long as the pace has it; neither the gateway is asked meanwhile, nor are dead letters
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
  const until = Date.now() + shell().pace.effectsMs;
  while (!signal.aborted && Date.now() < until) {
    if (isDone(await collectStory(sources, transactionId, { signal, known }))) break;
    await sleep(pauseMs(LOOK_EVERY_MS), undefined, { signal }).catch(() => undefined);
  }
  return collectStory(sources, transactionId, { signal, publishedAt });
}
