import type { Unreachable } from '@cloudnestle/payments/gateway';
import { readErrorCode } from '../http/error-code.ts';
import { isTryLater } from '../http/send-repeatedly.ts';
import { parseJson } from '../lenient/json.ts';
import type { CallApi } from './call-api.ts';

export interface StatusQuestion<Found> {
  /** The path with its id in place; undefined where no path can be made of the id. */
  path: string | undefined;
  timeoutMs: number;
  /** PhonePe's codes for an id it does not know, at whatever 4xx. */
  unknownIdCodes: ReadonlySet<string>;
  /** Reads a good answer; undefined where it says neither state nor amount. */
  read(json: unknown): Found | undefined;
}

export type StatusAnswer<Found> =
  | Found
  | { kind: 'notFound' }
  | { kind: 'refused'; code: string; httpStatus: number }
  | Unreachable;

/**
 * Asks for an order's or a refund's status. Only PhonePe's own words make it `notFound`: a bare 404 may be a wrong
 * address, and what is taken for unknown may be made anew.
 */
export async function askStatus<Found>(
  callApi: CallApi,
  { path, timeoutMs, unknownIdCodes, read }: StatusQuestion<Found>,
): Promise<StatusAnswer<Found>> {
  if (!path) return { kind: 'notFound' };
  const answer = await callApi({ method: 'GET', path, repeatable: true }, timeoutMs);
  if (answer.kind === 'failed') return { kind: 'unreachable', reason: answer.reason };
  const { status, body } = answer;
  const found = status < 300 ? read(parseJson(body)) : undefined;
  if (found) return found;
  const code = readErrorCode(body, status);
  if (isTryLater(status)) return { kind: 'unreachable', reason: `${status} ${code}` };
  if (unknownIdCodes.has(code)) return { kind: 'notFound' };
  if (status >= 400) return { kind: 'refused', code, httpStatus: status };
  return { kind: 'unreachable', reason: 'unreadable answer', isAnswered: true };
}

/** An id as one part of a path; undefined for what a path cannot carry: nothing, and the two words for "go up". */
export function toPathSegment(id: string): string | undefined {
  return ['', '.', '..'].includes(id) ? undefined : encodeURIComponent(id.toWellFormed());
}
