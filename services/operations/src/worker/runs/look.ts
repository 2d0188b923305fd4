import { setImmediate as breathe } from 'node:timers/promises';
import type { Look, LookedQueue } from '@cloudnestle/contracts/admin/letters';
import type { LetterSource } from '@cloudnestle/operations/letters/go-through-letters';
import { isTooLarge } from '@cloudnestle/operations/letters/kept-letters';
import type { Letter } from '@cloudnestle/operations/letters/letter';
import { matchesFilter } from '@cloudnestle/operations/letters/letter-filter';
import { lookAtLetters } from '@cloudnestle/operations/letters/look-at-letters';
import { type Group, startGrouping } from '@cloudnestle/operations/letters/triage/group-letters';
import { withWalk } from '@cloudnestle/operations/letters/walks';
import { maskText } from '@cloudnestle/operations/words/mask';
import { describeError } from '@cloudnestle/runtime/errors';
import type { TaskOf } from '../../jobs/tasks.ts';
import { toFilter, toLetter } from '../../letters/letter-row.ts';
import {
  describeBusy,
  findLook,
  LETTERS_ON_PAGE,
  saveLook,
  startLook,
  writeLookPage,
} from '../../letters/looks.ts';
import type { Run, Work } from '../run.ts';

type LookTask = TaskOf<'look'>;

/** Letters that a look shows one by one; the groups are of all. */
const MOST_KEPT = 2000;
const MOST_GROUPS = 100;

/** Looks through one dead-letter queue or all of them, each its alone, and keeps what it saw, masked. */
export const runLook: Work<LookTask> = async (run, task) => {
  const { desk, job } = run;
  const known = await findLook(desk, job.jobId);
  const look: Look = { ...(known ?? startLook(desk, job.jobId, job.by, task)), state: 'RUNNING' };
  await saveLook(desk, look);
  const { letters } = desk.sources;
  const sources = task.queue === undefined ? letters.sources : [letters.find(task.queue)];
  const seen: Seen = { letters: [], groups: [], count: 0 };
  const queues = await Promise.all(sources.map((source) => lookAt(run, source, task, seen)));
  const whole = describeSeen(look, seen, queues);
  await keepLetters(run, whole, seen.letters);
  await saveLook(desk, { ...whole, state: 'DONE', takenAt: desk.platform.now().toISOString() });
  return { kind: 'done' };
};

interface Seen {
  letters: { queue: string; letter: Letter }[];
  groups: Group[];
  count: number;
}

async function lookAt(
  { desk, job, signal }: Run,
  source: LetterSource,
  task: LookTask,
  seen: Seen,
): Promise<LookedQueue> {
  const queue = source.queue.name;
  const filter = toFilter(task.filter);
  const grouping = startGrouping(queue, filter);
  const note = (letter: Letter) => {
    grouping.note(letter);
    seen.count += 1;
    if (seen.letters.length < MOST_KEPT && matchesFilter(letter, filter)) {
      seen.letters.push({ queue, letter });
    }
  };
  try {
    const holder = { holder: job.jobId, by: job.by };
    const walked = await withWalk(desk.walks, queue, holder, (lost) =>
      lookAtLetters(source, note, { signal: AbortSignal.any([signal, lost]) }),
    );
    if (walked.kind === 'busy') return describeBusy(queue, walked.walker);
    seen.groups.push(...grouping.groups());
    return { queue, ...walked.result };
  } catch (error) {
    return { queue, unread: maskText(describeError(error)) };
  }
}

function describeSeen(look: Look, { groups, letters, count }: Seen, queues: LookedQueue[]): Look {
  const ranked = groups.toSorted(
    (a, b) => b.count - a.count || b.lastFailedAt.getTime() - a.lastFailedAt.getTime(),
  );
  const rest = ranked.slice(MOST_GROUPS);
  return {
    ...look,
    seen: count,
    queues,
    groups: ranked.slice(0, MOST_GROUPS).map(({ firstFailedAt, lastFailedAt, ...group }) => ({
      ...group,
      reason: maskText(group.reason),
      firstFailedAt: firstFailedAt.toISOString(),
      lastFailedAt: lastFailedAt.toISOString(),
    })),
    restGroups: {
      groups: rest.length,
      letters: rest.reduce((sum, group) => sum + group.count, 0),
    },
    keptLetters: letters.length,
  };
}

async function keepLetters({ desk }: Run, look: Look, letters: Seen['letters']): Promise<void> {
  const now = desk.platform.now();
  const newest = letters.toSorted((a, b) => b.letter.sentAt.getTime() - a.letter.sentAt.getTime());
  for (let at = 0, number = 0; at < newest.length; at += LETTERS_ON_PAGE, number += 1) {
    const page = newest.slice(at, at + LETTERS_ON_PAGE).map(({ queue, letter }) => {
      const whole = toLetter(queue, letter, now);
      if (!isTooLarge(letter)) return whole;
      return { ...whole, attributes: {}, body: 'Too large to be shown here.' };
    });
    await writeLookPage(desk, look, number, page);
    // Masking is work: the heartbeat must get its turn.
    await breathe();
  }
}
