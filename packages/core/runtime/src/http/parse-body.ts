import type * as z from 'zod';
import { invalidRequest } from './errors.ts';

/** The request's body by its contract, or a 400 that names every field at fault. */
export function parseBody<Schema extends z.ZodType>(
  schema: Schema,
  body: unknown,
): z.infer<Schema> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw invalidRequest(
    parsed.error.issues.map((issue) => ({
      field: issue.path.join('.') || 'body',
      message: describeIssue(issue),
    })),
  );
}

function describeIssue(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'invalid_type') return issue.message;
  // zod's own words are for developers: "expected string, received undefined".
  return issue.message.endsWith('undefined') ? 'is missing' : `must be ${nameOf(issue.expected)}`;
}

function nameOf(type: string): string {
  return (
    { string: 'text', int: 'a whole number', number: 'a number', object: 'an object' }[type] ?? type
  );
}
