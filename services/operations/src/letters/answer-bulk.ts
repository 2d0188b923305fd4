import {
  discardRequestSchema,
  type LetterPreview,
  replayRequestSchema,
  restoreRequestSchema,
} from '@cloudnestle/contracts/admin/letters';
import type { LetterSource } from '@cloudnestle/operations/letters/go-through-letters';
import { createKeptLetters } from '@cloudnestle/operations/letters/kept-letters';
import type { Letter } from '@cloudnestle/operations/letters/letter';
import { matchesFilter } from '@cloudnestle/operations/letters/letter-filter';
import { previewLetters } from '@cloudnestle/operations/letters/preview-letters';
import { type Chosen, chooseLetter } from '@cloudnestle/operations/letters/replay-letters';
import { previewRestore } from '@cloudnestle/operations/letters/restore-letters';
import { countMessages } from '@cloudnestle/operations/letters/stage-queues';
import { withWalk } from '@cloudnestle/operations/letters/walks';
import { maskText } from '@cloudnestle/operations/words/mask';
import type { HttpAnswer } from '@cloudnestle/runtime/http/handler';
import { type Answer, answerOk, type Call, readBody } from '../api/call.ts';
import { commandOf } from '../jobs/command-of.ts';
import { answerJob, queueBusy } from '../jobs/start-job.ts';
import type { Task } from '../jobs/tasks.ts';
import { toFilter } from './letter-row.ts';

/** `POST dead-letters/replays`. */
export const answerReplay: Answer = async (call) => {
  const wish = readBody(call, replayRequestSchema);
  const { queue, filter, max, force } = wish;
  const source = call.desk.sources.letters.find(queue);
  const cutOff = readCutOff(call, wish.cutOff);
  const task = {
    kind: 'replay',
    queue: source.queue.name,
    filter,
    ...(max === undefined ? {} : { max }),
    cutOff,
    force,
  } as const;
  if ('reason' in wish) {
    const whole = wish.rate === undefined ? task : { ...task, rate: wish.rate };
    return answerJob(call, whole, wish, { what: 'dlq replay', queue: source.queue.name });
  }
  const choice = {
    filter: toFilter(filter),
    force,
    stamp: noStamp(cutOff),
    cutOff: new Date(cutOff),
  };
  return answerPreview(call, source, task, cutOff, (letter) => chooseLetter(letter, choice));
};

/** Never later than now: a replay that goes on with what comes meanwhile may chase the same letters for ever. */
function readCutOff({ desk }: Call, wanted: string | undefined): string {
  const now = desk.platform.now().toISOString();
  return wanted === undefined || Date.parse(wanted) > Date.parse(now) ? now : wanted;
}

/** The stamp of no replay: what an earlier one moved is meant like any other letter. */
function noStamp(replayedAt: string) {
  return { replayedBy: '', replayedAt };
}

/** `POST dead-letters/discards`. */
export const answerDiscard: Answer = async (call) => {
  const wish = readBody(call, discardRequestSchema);
  const { queue, filter, max } = wish;
  const source = call.desk.sources.letters.find(queue);
  const cutOff = readCutOff(call, wish.cutOff);
  const task = {
    kind: 'discard',
    queue: source.queue.name,
    filter,
    ...(max === undefined ? {} : { max }),
    cutOff,
  } as const;
  if ('reason' in wish) {
    return answerJob(call, task, wish, { what: 'dlq discard', queue: source.queue.name });
  }
  const choose = (letter: Letter): Chosen => {
    if (!matchesFilter(letter, toFilter(filter))) return 'notMeant';
    return letter.sentAt > new Date(cutOff) ? 'cameMeanwhile' : 'chosen';
  };
  return answerPreview(call, source, task, cutOff, choose);
};

/** `POST dead-letters/restores`. */
export const answerRestore: Answer = async (call) => {
  const wish = readBody(call, restoreRequestSchema);
  const { desk } = call;
  const { queue } = desk.sources.letters.find(wish.queue);
  const task = {
    kind: 'restore',
    queue: queue.name,
    ...(wish.jobId === undefined ? {} : { ofJob: wish.jobId }),
    ...(wish.messageId === undefined ? {} : { messageId: wish.messageId }),
  } as const;
  if ('reason' in wish) {
    return answerJob(call, task, wish, { what: 'dlq restore', queue: queue.name });
  }
  return answerOk(call, { preview: await previewKept(call, task), command: commandOf(task) });
};

async function previewKept(
  { desk }: Call,
  { queue, ofJob, messageId }: Extract<Task, { kind: 'restore' }>,
): Promise<LetterPreview> {
  const kept = createKeptLetters(desk.operations, desk.platform.now);
  const source = desk.sources.letters.find(queue);
  const { chosen, reasons } = await previewRestore(source, { kept, discard: ofJob, messageId });
  const takenAt = desk.platform.now().toISOString();
  return {
    queue,
    takenAt,
    cutOff: takenAt,
    counts: { chosen, notMeant: 0, cameMeanwhile: 0, cannotSucceed: 0, noDestination: 0 },
    reasons: reasons
      .slice(0, 100)
      .map(({ reason, count }) => ({ reason: maskText(reason), count })),
    obstacles: [],
    hidden: 0,
    isCut: false,
    atMost: chosen,
  };
}

/** API Gateway and the console wait 30 s, on every machine: what is not seen by then is said to be "at most". */
const LOOK_MS = 18_000;

async function answerPreview(
  call: Call,
  source: LetterSource,
  task: Task,
  cutOff: string,
  choose: (letter: Letter) => Chosen,
): Promise<HttpAnswer> {
  const { desk, operator, request } = call;
  const queue = source.queue.name;
  const holder = { holder: request.requestId, by: operator.name };
  const until = Date.now() + LOOK_MS;
  const isLate = () => Date.now() > until;
  const walked = await withWalk(desk.walks, queue, holder, async (signal) => {
    const seen = await previewLetters(source, choose, { signal, isEnough: isLate });
    const { waiting, inFlight } = await countMessages(desk.sqs, source.queue.deadLetterUrl);
    return { ...seen, isCut: seen.isCut || isLate(), counted: waiting + inFlight };
  });
  if (walked.kind === 'busy') throw queueBusy(queue, walked.walker);
  const { counts, reasons, obstacles, hidden, isCut, waiting, counted } = walked.result;
  const { failedAgain: _none, ...shown } = counts;
  const preview: LetterPreview = {
    queue,
    takenAt: desk.platform.now().toISOString(),
    cutOff,
    counts: shown,
    reasons: rank(Object.entries(reasons)).map(([reason, count]) => ({
      reason: maskText(reason),
      count,
    })),
    obstacles: rank(Object.entries(obstacles)).map(([why, count]) => ({ why, count })),
    hidden,
    isCut,
    atMost: isCut ? Math.max(waiting, counted, counts.chosen) : counts.chosen + hidden,
  };
  return answerOk(call, { preview, command: commandOf(task) });
}

function rank(counts: Iterable<[string, number]>): [string, number][] {
  return [...counts].toSorted(([, a], [, b]) => b - a).slice(0, 100);
}
