import { discardLetters } from '@cloudnestle/operations/letters/discard-letters';
import { createKeptLetters, isTooLarge } from '@cloudnestle/operations/letters/kept-letters';
import type { Letter } from '@cloudnestle/operations/letters/letter';
import { matchesFilter } from '@cloudnestle/operations/letters/letter-filter';
import { countMessages } from '@cloudnestle/operations/letters/stage-queues';
import type { TaskOf } from '../../jobs/tasks.ts';
import { toFilter } from '../../letters/letter-row.ts';
import type { Work } from '../run.ts';
import { walkQueue } from './walk-queue.ts';

/** Keeps the letters of one queue for 14 days, and only then deletes them. */
export const runDiscard: Work<TaskOf<'discard'>> = (run, { queue, filter, max, cutOff }) =>
  walkQueue(run, queue, async (signal) => {
    const { desk, job } = run;
    const source = desk.sources.letters.find(queue);
    const kept = createKeptLetters(desk.operations, desk.platform.now);
    const begun = await kept.listIds(job.jobId);
    const before = begun.size;
    const { waiting, inFlight } = await countMessages(source.sqs, source.queue.deadLetterUrl);
    const expected = Math.min(before + waiting + inFlight, max ?? Number.POSITIVE_INFINITY);
    await run.save({ phase: 'going through the queue', expected, done: before });
    const tooLarge = new Set<string>();
    const isMeant = (letter: Letter): boolean => {
      if (!matchesFilter(letter, toFilter(filter)) || letter.sentAt > new Date(cutOff))
        return false;
      if (!isTooLarge(letter)) return true;
      tooLarge.add(letter.messageId);
      return false;
    };
    const result = await discardLetters(source, {
      isMeant,
      keep: (letters) => kept.keep(letters, { jobId: job.jobId, queue, by: job.by }),
      signal,
      begun,
      onProgress: (discarded) => run.tell({ done: Math.min(before + discarded, expected) }),
      ...(max === undefined ? {} : { max: Math.max(max - before, 0) }),
    });
    const { notDeleted, hidden, unseen, brokenOff } = result;
    // After a whole walk, what a killed run had kept and nothing shows any more is what it had deleted.
    const unknown = signal.aborted || brokenOff !== undefined ? unseen : 0;
    // What a killed run had kept and deleted is in the table alone.
    const discarded = (await kept.count(job.jobId)) - notDeleted - unknown;
    const said = [
      ...(tooLarge.size > 0
        ? [`Too large to be kept, so they stay in the queue: ${tooLarge.size}.`]
        : []),
      ...(unknown > 0
        ? [`Of ${unknown} more letters it is not known whether a killed run deleted them.`]
        : []),
    ];
    await run.save({
      counts: { discarded, notDeleted, tooLarge: tooLarge.size, hidden },
      done: discarded,
      said,
    });
    if (signal.aborted) return { kind: 'stopped' };
    return brokenOff === undefined ? { kind: 'done' } : { kind: 'brokenOff', why: brokenOff };
  });
