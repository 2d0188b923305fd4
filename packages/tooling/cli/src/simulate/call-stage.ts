import { parseJson } from '@cloudnestle/contracts/json';
import { printable } from '@cloudnestle/contracts/printable';
import { timeLimitMs } from '@cloudnestle/payments/time-limits';
import { describeError } from '@cloudnestle/runtime/errors';
import { routes } from '@cloudnestle/topology/routes';
import type { HttpFunctionName } from '@cloudnestle/topology/types';
import * as z from 'zod';

/** What came of one HTTP call, and how long it took. */
export type Answer =
  | { kind: 'answered'; status: number; body: string; tookMs: number }
  /** No answer at all; `reason` in words. */
  | { kind: 'unanswered'; reason: string; tookMs: number };

const TIMEOUT_MS = 15_000;

/** One HTTP call. Redirects are answers like any other. Never throws. */
export async function call(
  url: string,
  {
    timeoutMs = TIMEOUT_MS,
    ...request
  }: {
    method?: string;
    headers?: Record<string, string>;
    body?: string | Uint8Array<ArrayBuffer>;
    /** Left out: as long as a call of a buyer's may take. */
    timeoutMs?: number;
  } = {},
): Promise<Answer> {
  const startedAt = performance.now();
  const tookMs = () => Math.round(performance.now() - startedAt);
  const signal = AbortSignal.timeout(timeLimitMs(timeoutMs));
  try {
    const answer = await fetch(url, { ...request, signal, redirect: 'manual' });
    const body = await answer.text();
    return { kind: 'answered', status: answer.status, body, tookMs: tookMs() };
  } catch (error) {
    return { kind: 'unanswered', reason: describeFailure(error, timeoutMs), tookMs: tookMs() };
  }
}

/** The same with a JSON body. */
export function postJson(
  url: string,
  body: unknown,
  limit: { timeoutMs?: number } = {},
): Promise<Answer> {
  const headers = { 'content-type': 'application/json' };
  return call(url, { method: 'POST', headers, body: JSON.stringify(body), ...limit });
}

/** Of a connection that never was, only the cause says why. */
function describeFailure(error: unknown, timeoutMs: number): string {
  if (!(error instanceof Error)) return describeError(error);
  if (error.name === 'TimeoutError') return `no answer within ${timeLimitMs(timeoutMs) / 1000} s`;
  const { cause } = error;
  if (!(cause instanceof Error)) return `no answer (${describeError(error)})`;
  return `no answer (${'code' in cause ? String(cause.code) : cause.message})`;
}

/** Where a stage answers for a function, its one path parameter filled in. */
export function routeUrl(apiUrl: string, name: HttpFunctionName, parameter = ''): string {
  const found = routes.find((each) => each.function === name);
  if (!found) throw new Error(`no route leads to ${name}`);
  const path = found.path.replace(/\{\w+\}/, encodeURIComponent(parameter));
  return `${apiUrl.replace(/\/+$/, '')}${path}`;
}

const wordsSchema = z.object({
  result: z.string().optional(),
  error: z.object({ code: z.string() }).optional(),
});

/** The one word that says what an answer means: the webhook's result, or an error's code. Empty where it says none. */
function wordOf(body: string): string {
  const words = wordsSchema.safeParse(parseJson(body));
  return words.success ? (words.data.result ?? words.data.error?.code ?? '') : '';
}

/** An answer in a few words, on one line: `503 TRY_AGAIN`, or why there is none. */
export function describeAnswer(answer: Answer): string {
  if (answer.kind === 'unanswered') return printable(answer.reason);
  return printable(`${answer.status} ${wordOf(answer.body)}`.trim());
}
