import type { LetterRow, LookedQueue } from '@cloudnestle/contracts/admin/letters';
import type { PaymentLettersResponse } from '@cloudnestle/contracts/admin/payment';
import { contentOf } from '@cloudnestle/operations/story/story';
import { judgeStory } from '@cloudnestle/operations/verdict/judge-story';
import { timeLimitMs } from '@cloudnestle/payments/time-limits';
import { type Answer, answerOk, type Call, orderNotFound, readOrderPath } from '../api/call.ts';
import { toLetter, toLetterRow } from '../letters/letter-row.ts';
import { collectWithLetters } from './collect-with-letters.ts';
import { viewRepair, viewVerdict } from './verdict-view.ts';

/** API Gateway waits 30 s. */
const LOOK_MS = 22_000;

/** Has `work` done with the whole story of the order that the path names, its dead letters included. */
export async function withWholeStory<Result>(
  call: Call,
  work: Parameters<typeof collectWithLetters<Result>>[3]['work'],
): Promise<Result> {
  const { desk, operator, request } = call;
  const transactionId = readOrderPath(call);
  if (!(await desk.sources.books.findTransaction(transactionId)))
    throw orderNotFound(transactionId);
  const holder = { holder: request.requestId, by: operator.name };
  const signal = AbortSignal.timeout(timeLimitMs(LOOK_MS));
  return collectWithLetters(desk, transactionId, holder, { signal, work });
}

/** `POST payments/{transactionId}/letters`: the verdict with what the order's dead letters tell. */
export const answerPaymentLetters: Answer = async (call) => {
  const answer = await withWholeStory(call, async ({ story, busy }) => {
    const now = call.desk.platform.now();
    const letters: LetterRow[] = [];
    const queues: LookedQueue[] = [...busy];
    for (const { queue, found } of story.queues.dead) {
      if (busy.some((each) => each.queue === queue)) continue;
      const content = contentOf(found);
      if (!content) {
        queues.push({ queue, unread: found.kind === 'unread' ? found.why : '' });
        continue;
      }
      letters.push(...content.letters.map((letter) => toLetterRow(toLetter(queue, letter, now))));
      const seen = content.letters.length;
      queues.push({ queue, waiting: seen, seen, hidden: content.heldByOthers, isCut: false });
    }
    const verdict = judgeStory(story);
    return {
      takenAt: now.toISOString(),
      letters,
      queues,
      verdict: viewVerdict(verdict),
      repair: viewRepair(story, verdict),
    } satisfies Omit<PaymentLettersResponse, 'success'>;
  });
  return answerOk(call, answer, { transactionId: readOrderPath(call) });
};
