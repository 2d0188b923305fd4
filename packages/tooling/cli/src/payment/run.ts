import { printable } from '@cloudnestle/dev/terminal/printable';
import { CliError } from '../cli-error.ts';
import { readEnvironment } from '../environment/read-environment.ts';
import { checkStage } from '../operator/check-stage.ts';
import { INTERRUPTED, untilInterrupted } from '../operator/until-interrupted.ts';
import { print } from '../output/print.ts';
import { shell } from '../shell.ts';
import { findOrder } from './find/find-order.ts';
import type { Ended } from './job.ts';
import type { PaymentOptions } from './options.ts';
import { repairPayment } from './repair/repair-payment.ts';
import { resendMails } from './resend/resend-mails.ts';
import { formatStory } from './screen/format-story.ts';
import { collectStory } from './story/collect-story.ts';
import { connectSources } from './story/connect-sources.ts';
import { isFine, judgeStory } from './verdict/judge-story.ts';
import { describeStory } from './view/describe-story.ts';

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
