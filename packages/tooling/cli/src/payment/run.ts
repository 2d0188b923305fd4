import { printable } from '@cloudnestle/contracts/printable';
import { findOrder } from '@cloudnestle/operations/find-order';
import type { Ended } from '@cloudnestle/operations/repair/publish-and-wait';
import { repairPayment } from '@cloudnestle/operations/repair/repair-payment';
import { resendMails } from '@cloudnestle/operations/repair/resend-mails';
import { collectStory } from '@cloudnestle/operations/story/collect-story';
import { connectSources } from '@cloudnestle/operations/story/connect-sources';
import { describeStory } from '@cloudnestle/operations/story/describe-story';
import { isFine, judgeStory } from '@cloudnestle/operations/verdict/judge-story';
import { CliError } from '../cli-error.ts';
import { readingLetters } from '../dlq/stage-letters.ts';
import { createCommandPlatform } from '../environment/function-parts.ts';
import { readEnvironment } from '../environment/read-environment.ts';
import { askAtTerminal, type Consent, checkStage } from '../operator/confirm-change.ts';
import { INTERRUPTED, untilInterrupted } from '../operator/until-interrupted.ts';
import { print } from '../output/print.ts';
import { pauseMs, shell } from '../shell.ts';
import { formatStory } from './screen/format-story.ts';

const LOOK_EVERY_MS = 500;

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
  const sources = connectSources(environment, createCommandPlatform(), {
    producer: 'cli',
    letters: readingLetters(),
  });
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
    const { effectsMs } = shell().pace;
    const pace = { lookEveryMs: pauseMs(LOOK_EVERY_MS), longestMs: effectsMs };
    const job = { sources, makeChange: askAtTerminal(environment, options), pace, signal };
    if (options.repair) return repairPayment(job, found);
    if (options.resendMail) return resendMails(job, found);
    return { story: found, done: [] };
  }
}

function interrupted(what: string): CliError {
  return new CliError(`Interrupted. ${what}`, { exitCode: INTERRUPTED });
}
