import {
  keptLettersQuerySchema,
  type Look,
  type LookLetterResponse,
  lookQuerySchema,
  startLookRequestSchema,
} from '@cloudnestle/contracts/admin/letters';
import { createKeptLetters } from '@cloudnestle/operations/letters/kept-letters';
import { maskText } from '@cloudnestle/operations/words/mask';
import { invalidRequest } from '@cloudnestle/runtime/http/errors';
import {
  type Answer,
  answerAccepted,
  answerOk,
  answerTagged,
  notFound,
  readBody,
  readPath,
  readQuery,
} from '../api/call.ts';
import { toLetter, toLetterRow } from './letter-row.ts';
import { findLook, LETTERS_ON_PAGE, readLookPage, saveLook, startLook } from './looks.ts';

/** `POST dead-letters/looks`: has the worker look; a look is no change, and no action. */
export const answerStartLook: Answer = async (call) => {
  const { queue, filter } = readBody(call, startLookRequestSchema);
  const { desk, operator } = call;
  // Throws in words where there is no such queue.
  if (queue !== undefined) desk.sources.letters.find(queue);
  const lookId = desk.platform.newId();
  const task = { kind: 'look', filter, ...(queue === undefined ? {} : { queue }) } as const;
  const look = startLook(desk, lookId, operator.name, task);
  await saveLook(desk, look);
  await desk.jobs.create({
    jobId: lookId,
    task,
    by: operator.name,
    subject: operator.subject,
    reason: 'look',
    transactionId: undefined,
    queue: undefined,
    actionId: lookId,
  });
  await desk.wakeWorker(lookId);
  return answerAccepted(call, { look });
};

/** `GET dead-letters/looks/{lookId}`: how far it is, and a page of what it saw. */
export const answerLook: Answer = async (call) => {
  const lookId = readPath(call, 'lookId');
  const { cursor = '0' } = readQuery(call, lookQuerySchema);
  const number = Number(cursor);
  if (!Number.isSafeInteger(number) || number < 0) {
    throw invalidRequest([{ field: 'cursor', message: 'must be the nextCursor of an answer' }]);
  }
  const look = await findLook(call.desk, lookId);
  if (!look) throw notFound('No such look, or its time is over.');
  const page = (await readLookPage(call.desk, lookId, number)) ?? [];
  const hasMore = (number + 1) * LETTERS_ON_PAGE < look.keptLetters;
  return answerTagged(call, {
    look: { ...look, filter: maskFilter(look.filter) },
    letters: page.map(toLetterRow),
    ...(hasMore ? { nextCursor: String(number + 1) } : {}),
  });
};

/** What another operator typed, for operators who look. */
function maskFilter(filter: Look['filter']): Look['filter'] {
  const masked = Object.entries(filter).map(([name, value]) => [
    name,
    value === undefined ? value : maskText(value),
  ]);
  return Object.fromEntries(masked);
}

/** `GET dead-letters/looks/{lookId}/letters/{messageId}`: one letter whole, as it was seen. */
export const answerLookLetter: Answer = async (call) => {
  const lookId = readPath(call, 'lookId');
  const messageId = readPath(call, 'messageId');
  const look = await findLook(call.desk, lookId);
  if (!look) throw notFound('No such look, or its time is over.');
  for (let number = 0; number * LETTERS_ON_PAGE < look.keptLetters; number += 1) {
    const page = await readLookPage(call.desk, lookId, number);
    const letter = page?.find((each) => each.messageId === messageId);
    if (!letter) continue;
    const { takenAt } = look;
    return answerOk(call, { letter, takenAt } satisfies Omit<LookLetterResponse, 'success'>);
  }
  throw notFound('That look has seen no such letter.');
};

/** `GET dead-letters/kept`: discarded letters of a queue that can be restored. */
export const answerKeptLetters: Answer = async (call) => {
  const { queue, cursor } = readQuery(call, keptLettersQuerySchema);
  const { desk } = call;
  const {
    queue: { name },
  } = desk.sources.letters.find(queue);
  const kept = createKeptLetters(desk.operations, desk.platform.now);
  const { entries, nextCursor } = await kept.list({ queue: name }, cursor);
  const letters = entries.map(({ letter, jobId, by, at, keptUntil }) => ({
    ...toLetterRow(toLetter(name, letter, desk.platform.now())),
    jobId,
    discardedAt: at,
    discardedBy: by,
    keptUntil: keptUntil.toISOString(),
  }));
  return answerOk(call, { letters, nextCursor });
};
