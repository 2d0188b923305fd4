import { startLocalRun } from '@cloudnestle/dev/start';
import { brokenMailStory } from './broken-mail.ts';
import { lostWebhookStory } from './lost-webhook.ts';
import { paidStory } from './paid.ts';
import type { Tell } from './story.ts';

/** Starts a run of its own on free ports, tells three stories on it, and ends. Throws where a story ends wrongly. */
export async function runDemo(tell: Tell): Promise<void> {
  const run = await startLocalRun({
    retryScale: 0.01,
    webhookRetryDelaysMs: [200, 500, 1000],
    log: () => undefined,
    schedules: 'by hand',
  });
  try {
    await paidStory(run, tell);
    await lostWebhookStory(run, tell);
    await brokenMailStory(run, tell);
    tell('');
    tell('The end. `npm start` runs the same for you to click through.');
  } finally {
    await run.stop();
  }
}
