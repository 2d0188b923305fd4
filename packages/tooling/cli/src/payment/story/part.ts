import { describeError, PermanentError } from '@cloudnestle/runtime/errors';
import { explainAwsFailure } from '../../environment/explain-aws-trouble.ts';

/** One part of a story, or why it could not be read. */
export type Part<Value> = { kind: 'read'; value: Value } | { kind: 'unread'; why: string };

/** Reads a part; what AWS refuses, or what is stored and does not fit, is said in its place. Bugs are thrown. */
export async function readPart<Value>(read: () => Promise<Value>): Promise<Part<Value>> {
  try {
    return { kind: 'read', value: await read() };
  } catch (error) {
    const isExplained = error instanceof PermanentError || explainAwsFailure(error) !== undefined;
    if (!isExplained) throw error;
    return { kind: 'unread', why: describeError(error) };
  }
}

/** What was read, or undefined. */
export function contentOf<Value>(part: Part<Value>): Value | undefined {
  return part.kind === 'read' ? part.value : undefined;
}
