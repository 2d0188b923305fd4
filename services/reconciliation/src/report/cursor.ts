import { invalidRequest } from '@cloudnestle/runtime/http/errors';
import * as z from 'zod';
import type { DayPosition } from './orders-by-day.ts';

const positionSchema = z.strictObject({
  dayShard: z.string().min(1),
  createdAt: z.string().min(1),
  transactionId: z.string().min(1),
});

/** A position as the page hands it back: opaque to it, and nothing that a caller may not know. */
export function writeCursor(position: DayPosition): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** Throws a 400 for what no page was given. */
export function readCursor(cursor: string): DayPosition {
  const parsed = positionSchema.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString()));
  if (parsed.success) return parsed.data;
  throw invalidRequest([{ field: 'cursor', message: 'must be the next_cursor of an answer' }]);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
