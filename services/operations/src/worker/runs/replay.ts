import type { LetterSource } from '@cloudnestle/operations/letters/go-through-letters';
import { whereTheyFailAgain } from '@cloudnestle/operations/letters/replay-and-watch';
import { replayLetters } from '@cloudnestle/operations/letters/replay-letters';
import { countMessages } from '@cloudnestle/operations/letters/stage-queues';
import { withFreeQueues } from '@cloudnestle/operations/letters/walks';
import { watchReplay } from '@cloudnestle/operations/letters/watch-replay';
import { maskText } from '@cloudnestle/operations/words/mask';
import { isInterrupted } from '../../jobs/start-job.ts';
import type { TaskOf } from '../../jobs/tasks.ts';
import { toFilter } from '../../letters/letter-row.ts';
import type { Run, RunResult, Work } from '../run.ts';
import { add, openJournal } from './replay-journal.ts';
import { walkQueue } from './walk-queue.ts';

type ReplayTask = TaskOf<'replay'>;

/** Puts the letters of one queue back into the queues they came from, and watches which of them fail again. */
export const runReplay: Work<ReplayTask> = (run, task) =>
  walkQueue(run, task.queue, async (signal) => {
    const source = run.desk.sources.letters.find(task.queue);
    const isMoved = run.job.position?.phase === 'watch';
    const end = isMoved ? ({ kind: 'done' } as const) : await move(run, source, task, signal);
    if (end.kind !== 'done') return end;
    return watch(run, source, signal);
  });

/** The same for every run of the job: what failed again is known by it, and not replayed once more. */
const stampOf = ({ job }: Run) => ({ replayedBy: job.subject, replayedAt: job.at });

async function move(
  run: Run,
  source: LetterSource,
  { filter, max, rate, force, cutOff }: ReplayTask,
  signal: AbortSignal,
): Promise<RunResult> {
  const { desk, job } = run;
  const journal = await openJournal(run);
  const before = journal.earlier.moved;
  const { waiting, inFlight } = await countMessages(source.sqs, source.queue.deadLetterUrl);
  const expected = Math.min(before + waiting + inFlight, max ?? Number.POSITIVE_INFINITY);
  await run.save({ phase: 'going through the queue', expected, done: before });
  const left = max === undefined ? undefined : Math.max(max - before - journal.begunBefore(), 0);
  const replayed = await replayLetters(source, {
    filter: toFilter(filter),
    force,
    stamp: stampOf(run),
    cutOff: new Date(cutOff),
    liveUrls: desk.sources.letters.liveUrls,
    signal,
    begin: journal.begin,
    onProgress: (moved) => run.tell({ done: before + moved }),
    patience: { onWait: (hidden) => run.tell({ phase: `waiting for ${hidden} hidden letters` }) },
    ...(left === undefined ? {} : { max: left }),
    ...(rate === undefined ? {} : { rate }),
  });
  await journal.close();
  const { moved, notSent, notDeleted, stampCut, ...others } = replayed.counts;
  const became = add(journal.earlier, { moved, notSent, notDeleted, stampCut });
  // Begun by a killed run, and not there any more after a whole walk: it had moved them.
  const isWhole = replayed.brokenOff === undefined && left === undefined;
  const begun = journal.begunBefore();
  const counts = {
    ...others,
    ...became,
    moved: became.moved + (isWhole ? begun : 0),
    hidden: replayed.hidden,
  };
  const said =
    !isWhole && begun > 0
      ? [`Of ${begun} more letters it is not known whether a killed run moved them.`]
      : [];
  await run.save({ counts, done: counts.moved, said: [...job.said, ...said] });
  if (signal.aborted) return { kind: 'stopped' };
  if (replayed.brokenOff !== undefined) return { kind: 'brokenOff', why: replayed.brokenOff };
  await run.save({ position: { phase: 'watch' } });
  return { kind: 'done' };
}

/** "Moved" is not "handled": says which of the letters are dead again. */
async function watch(run: Run, source: LetterSource, signal: AbortSignal): Promise<RunResult> {
  const { desk, job } = run;
  await run.save({ phase: 'watching what becomes of them' });
  const places = whereTheyFailAgain(desk.sources.letters, source);
  const holder = { holder: job.jobId, by: job.by, own: source.queue.name };
  try {
    const { failedAgain, stillAtWork } = await withFreeQueues(desk.walks, places, holder, (free) =>
      watchReplay(free, stampOf(run), { seconds: desk.watchSeconds, signal }),
    );
    const reasons = Object.entries(failedAgain)
      .map(([reason, count]) => ({ reason: maskText(reason), count }))
      .toSorted((a, b) => b.count - a.count);
    await run.save({ watched: { failedAgain: reasons.slice(0, 100), stillAtWork } });
    return signal.aborted ? { kind: 'stopped' } : { kind: 'done' };
  } catch (error) {
    if (!isInterrupted(error)) throw error;
    return { kind: 'stopped' };
  }
}
