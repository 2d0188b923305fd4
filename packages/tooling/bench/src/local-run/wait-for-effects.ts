import { setTimeout as delay } from 'node:timers/promises';
import type { LogEntry, Timeline } from '@cloudnestle/dev/start';

const SUBSCRIBERS = 4;
/** Looking costs time too, and the moments come from the log, so it need not look often. */
const LOOK_EVERY_MS = 40;

/**
 * When the last of the four effects of all these orders was done, in epoch milliseconds. Rejects after `timeoutMs`, and
 * where a subscriber gave one up.
 */
export async function waitForEffects(
  timeline: Timeline,
  transactionIds: readonly string[],
  options: { timeoutMs: number },
): Promise<number> {
  const wanted = new Set(transactionIds);
  const giveUpAtMs = Date.now() + options.timeoutMs;
  while (Date.now() < giveUpAtMs) {
    const doneAtMs = findEffects(timeline, wanted);
    if (doneAtMs.size === wanted.size * SUBSCRIBERS) return Math.max(...doneAtMs.values());
    await delay(LOOK_EVERY_MS);
  }
  throw new Error('the effects of a payment did not come about');
}

/** The moment of each effect by subscriber and order; of a repeated one the first. */
function findEffects(timeline: Timeline, wanted: ReadonlySet<string>): Map<string, number> {
  const doneAtMs = new Map<string, number>();
  for (const entry of timeline.summaries()) {
    const id = String(entry.fields.transactionId);
    if (!wanted.has(id) || !isEffect(entry)) continue;
    const key = `${entry.unit} ${id}`;
    if (!doneAtMs.has(key)) doneAtMs.set(key, entry.at.getTime());
  }
  return doneAtMs;
}

function isEffect({ unit, fields }: LogEntry): boolean {
  if (fields.outcome === 'dead-lettered') throw new Error(`${unit} gave up: ${fields.reason}`);
  return fields.detailType === 'PaymentCompleted' && fields.outcome !== 'retry';
}
