import { printable } from '@cloudnestle/contracts/printable';
import { findOrder } from '@cloudnestle/operations/find-order';
import { collectStory } from '@cloudnestle/operations/story/collect-story';
import { CliError } from '../cli-error.ts';
import { readEnvironment } from '../environment/read-environment.ts';
import { type Consent, checkStage } from '../operator/confirm-change.ts';
import { INTERRUPTED, untilInterrupted } from '../operator/until-interrupted.ts';
import { print } from '../output/print.ts';
import { shell } from '../shell.ts';
import { connectSources } from './connect-sources.ts';
import type { Ended } from './repair/publish-and-wait.ts';
import { repairPayment } from './repair/repair-payment.ts';
import { resendMails } from './repair/resend-mails.ts';
import { describeStory } from './screen/describe-story.ts';
import { formatStory } from './screen/format-story.ts';
import { isFine, judgeStory } from './verdict/judge-story.ts';

export interface PaymentOptions extends Consent {
  repair?: boolean;
  resendMail?: boolean;
  reveal?: boolean;
  json?: boolean;
}

/** Tells the story of an order, mends it where that was asked for, and sets the exit status. */
export async function runPayment(text: string, options: PaymentOptions): Promise<void> {
  if (options.repair && options.resendMail) {
    throw new CliError('Either --repair or --resend-mail: one after the other.');
  }
  const environment = await readEnvironment();
  checkStage(options.stage, environment.stage);
  const sources = connectSources(environment);
  const signal = untilInterrupted();
  const transactionId = await findOrder(sources, text);
  const found = await collectStory(sources, transactionId, { signal });
  if (signal.aborted) throw interrupted('Nothing was changed.');
  const { story, done } = await act();
  // Cut short, the last look has not seen every letter.
  if (signal.aborted) throw interrupted(printable(done.join(' ')));
  const verdict = judgeStory(story);
  const view = describeStory(story, verdict, { done, reveal: options.reveal === true });
  print(options.json ? view : formatStory(view));
  if (!isFine(verdict)) shell().status ??= 1;

  async function act(): Promise<Ended> {
    const job = { sources, consent: options, signal };
    if (options.repair) return repairPayment(job, found);
    if (options.resendMail) return resendMails(job, found);
    return { story: found, done: [] };
  }
}

function interrupted(what: string): CliError {
  return new CliError(`Interrupted. ${what}`, { exitCode: INTERRUPTED });
}
