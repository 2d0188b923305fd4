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
