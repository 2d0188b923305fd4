import { timeLimitMs } from '@cloudnestle/payments/time-limits';
import { httpStatusOf } from '@cloudnestle/runtime/aws-errors';
import { describeError } from '@cloudnestle/runtime/errors';
import { mapConcurrently } from '@cloudnestle/runtime/map-concurrently';
import { describeAwsFailure } from './aws-failure.ts';

/** How a check ended. */
export type Result = 'ok' | 'wrong' | 'not checked';

export interface Verdict {
  result: Result;
  /** One line each, short enough for a table. Never a secret, nor a part of one. */
  words: readonly string[];
}

/** One question about the stage. */
export interface Check {
  /** The concern it belongs to; checks of one concern are listed together. */
  check: string;
  /** What exactly is looked at: a queue, a table, a rule. */
  subject: string;
  /** What it takes, as IAM names it; the word for it where the endpoint does not know it or the caller may not do it. */
  asks: string;
  /** May throw: that becomes the verdict. */
  look(): Promise<Verdict>;
}

/** A check with its answer. */
export interface Finding extends Pick<Check, 'check' | 'subject'>, Verdict {}

export function ok(...words: string[]): Verdict {
  return { result: 'ok', words };
}

export function wrong(...words: string[]): Verdict {
  return { result: 'wrong', words };
}

export function notChecked(...words: string[]): Verdict {
  return { result: 'not checked', words };
}

/** Wrong where there are problems; else ok, with words worth knowing. */
export function judge(problems: readonly string[], fine: string): Verdict {
  return problems.length > 0 ? wrong(...problems) : ok(fine);
}

const CONCURRENCY = 8;

/** Looks at everything, a few at a time. What fails is a finding like any other and stops nothing. */
export function runChecks(checks: readonly Check[]): Promise<Finding[]> {
  return mapConcurrently(checks, CONCURRENCY, runCheck);
}

/** Looks at one thing. */
export async function runCheck({ check, subject, asks, look }: Check): Promise<Finding> {
  const verdict = await Promise.try(look).catch((error: unknown) => explainFailure(error, asks));
  return { check, subject, ...verdict };
}

/** What AWS and those that stand in for it call an operation that they do not have. */
const unknownOperation = new Set([
  'UnknownOperationException',
  'UnsupportedOperationException',
  'InvalidAction',
  'NotImplemented',
]);
const NOT_IMPLEMENTED = 501;

/** The verdict of a check that could not be carried out; `asks` is what it wanted to do. */
export function explainFailure(error: unknown, asks: string): Verdict {
  const name = error instanceof Error ? error.name : '';
  if (unknownOperation.has(name) || httpStatusOf(error) === NOT_IMPLEMENTED) {
    return notChecked(`the endpoint does not know ${asks}`);
  }
  if (name.includes('AccessDenied')) return notChecked(`the caller may not do ${asks}`);
  // The deadline of this call. The SDK calls a cut connection a TimeoutError too.
  if (name === 'AbortError') {
    return wrong(`${asks}: no answer within ${callTimeoutMs() / 1000} s`);
  }
  return wrong(`${asks}: ${describeAwsFailure(error) ?? describeError(error)}`);
}

/** What one call may take, repeats by the SDK included. */
export const callTimeoutMs = () => timeLimitMs(4000);

/** Options of one call to AWS that end it in time. */
export function deadline(): { abortSignal: AbortSignal } {
  return { abortSignal: AbortSignal.timeout(callTimeoutMs()) };
}

/** The same reading, done once per key: checks that need the same facts share one call, its failure too. */
export function share<Result>(
  read: (key: string) => Promise<Result>,
): (key: string) => Promise<Result> {
  const readings = new Map<string, Promise<Result>>();
  return (key) => {
    const reading = readings.get(key) ?? read(key);
    readings.set(key, reading);
    return reading;
  };
}

/** The findings as data. */
export function listFindings(findings: readonly Finding[]) {
  return findings.map(({ check, subject, result, words }) => ({
    check,
    subject,
    result,
    words: words.join('; '),
  }));
}
