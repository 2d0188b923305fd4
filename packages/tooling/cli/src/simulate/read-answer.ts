import { printable } from '@cloudnestle/dev/terminal/printable';
import * as z from 'zod';
import type { Answer } from './call.ts';

const wordsSchema = z.object({
  result: z.string().optional(),
  error: z.object({ code: z.string() }).optional(),
});

/** The one word that says what an answer means: the webhook's result, or an error's code. Empty where it says none. */
export function wordOf(body: string): string {
  const words = wordsSchema.safeParse(parseJson(body));
  return words.success ? (words.data.result ?? words.data.error?.code ?? '') : '';
}

/** An answer in a few words, on one line: `503 TRY_AGAIN`, or why there is none. */
export function describeAnswer(answer: Answer): string {
  if (answer.kind === 'unanswered') return printable(answer.reason);
  return printable(`${answer.status} ${wordOf(answer.body)}`.trim());
}

/** The parsed JSON; undefined where it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
