import { parseJson } from '@cloudnestle/contracts/json';
import { type HttpError, invalidRequest } from '@cloudnestle/runtime/http/errors';
import * as z from 'zod';

const cursorSchema = z.record(z.string(), z.string());

/** A position in an index as the page hands it back: keys alone. */
export function writeListCursor(position: Readonly<Record<string, unknown>>): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/**
 * Asks for the page that begins at a cursor; without one, for the first. Throws a 400 for a cursor of no page, or of another list:
 * DynamoDB refuses it, and nothing is wrong with the table.
 */
export async function readFromCursor<Page>(
  cursor: string | undefined,
  read: (start: { ExclusiveStartKey?: Record<string, string> }) => Promise<Page>,
): Promise<Page> {
  if (cursor === undefined) return read({});
  const position = cursorSchema.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString()));
  if (!position.success) throw noCursor();
  try {
    return await read({ ExclusiveStartKey: position.data });
  } catch (error) {
    if (error instanceof Error && error.name === 'ValidationException') throw noCursor();
    throw error;
  }
}

function noCursor(): HttpError {
  return invalidRequest([{ field: 'cursor', message: 'must be the nextCursor of an answer' }]);
}
