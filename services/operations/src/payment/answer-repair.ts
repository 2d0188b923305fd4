import {
  type RepairPlanResponse,
  repairRequestSchema,
} from '@cloudnestle/contracts/admin/payment-changes';
import { planResend } from '@cloudnestle/operations/repair/resend-mails';
import { contentOf, type OrderStory } from '@cloudnestle/operations/story/story';
import { goesBack } from '@cloudnestle/operations/verdict/judge-letters';
import { isMendable, judgeStory, type Verdict } from '@cloudnestle/operations/verdict/judge-story';
import { commandLine } from '@cloudnestle/operations/words/command-line';
import { plural } from '@cloudnestle/operations/words/plural';
import { type Answer, answerOk, orderNotFound, readBody, readOrderPath } from '../api/call.ts';
import { runbookOf } from '../jobs/command-of.ts';
import { answerJob } from '../jobs/start-job.ts';
import { withWholeStory } from './answer-letters.ts';
import { viewVerdict } from './verdict-view.ts';

type Plan = RepairPlanResponse['plan'];

/** `POST payments/{transactionId}/repair`: what the verdict asks for, planned or as a job. */
export const answerRepair: Answer = (call) => planOrStart(call, 'repair', planRepair);

/** `POST payments/{transactionId}/resend-mail`: mails of which it is unknown whether they were sent, planned or as a job. */
export const answerResendMail: Answer = (call) =>
  planOrStart(call, 'resendMail', (story) => {
    const { mails, reasons } = planResend(story);
    const steps = mails.map(
      ({ kind, since }) =>
        `Send the ${kind} mail again. SES may have taken it at ${since}: it may arrive twice.`,
    );
    return { isNothing: mails.length === 0, steps: [...steps, ...reasons] };
  });

async function planOrStart(
  call: Parameters<Answer>[0],
  kind: 'repair' | 'resendMail',
  plan: (story: OrderStory, verdict: Verdict) => Plan,
): ReturnType<Answer> {
  const wish = readBody(call, repairRequestSchema);
  const transactionId = readOrderPath(call);
  const flag = kind === 'repair' ? '--repair' : '--resend-mail';
  if (!('reason' in wish)) {
    const answer = await withWholeStory(call, async ({ story }) => {
      const verdict = judgeStory(story);
      return {
        plan: plan(story, verdict),
        verdict: viewVerdict(verdict),
        command: commandLine('payment', transactionId, flag),
        runbook: runbookOf(kind),
      } satisfies Omit<RepairPlanResponse, 'success'>;
    });
    return answerOk(call, answer, { transactionId });
  }
  const row = await call.desk.sources.books.findTransaction(transactionId);
  if (!row) throw orderNotFound(transactionId);
  const what = kind === 'repair' ? 'payment repair' : 'payment resend-mail';
  return answerJob(call, { kind, transactionId }, wish, { what, transactionId });
}

function planRepair(story: OrderStory, verdict: Verdict): Plan {
  const { needs } = verdict;
  const letters = story.queues.dead.flatMap(({ queue, found }) => {
    const count = contentOf(found)?.letters.filter((letter) => goesBack(story, letter)).length ?? 0;
    return count === 0 ? [] : [`Put ${plural(count, 'dead letter')} of ${queue} back.`];
  });
  const steps = [
    ...(needs.has('settle')
      ? [
          'Ask the gateway once more, and bring in what it says: publish what is missing, end what needs no operator any more.',
        ]
      : []),
    ...(needs.has('publish')
      ? ['Publish what is recorded once more, for what did not come about.']
      : []),
    ...(needs.has('replay') ? letters : []),
  ];
  if (isMendable(verdict)) return { isNothing: false, steps };
  return { isNothing: true, steps: [describeNothing(verdict)] };
}

function describeNothing({ needs }: Verdict): string {
  if (needs.has('resend')) return 'A repair sends no mail that may have been sent.';
  if (needs.has('person')) return 'An operator has to decide this.';
  if (needs.has('answer')) return 'The gateway did not answer.';
  return 'Nothing is to be repaired.';
}
