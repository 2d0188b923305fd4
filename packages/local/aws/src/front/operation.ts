import type * as z from 'zod';
import { AwsError } from './aws-error.ts';

/** One operation of our own services: checks its input strictly, then performs it. */
type Operation = (input: unknown) => object;

/**
 * Binds an operation to the shape of its input.
 *
 * An input that does not fit, unknown parameters included, is a `ValidationException` naming
 * the parameter: what this endpoint does not support is never silently accepted.
 */
export function defineOperation<Schema extends z.ZodType>(
  schema: Schema,
  perform: (input: z.infer<Schema>) => object,
): Operation {
  return (input) => {
    const parsed = schema.safeParse(input ?? {});
    if (!parsed.success) throw new AwsError('ValidationException', describe(parsed.error));
    return perform(parsed.data);
  };
}

/** Performs a named operation, or throws the error AWS gives for an unknown one. */
export function performOperation(
  operations: Readonly<Record<string, Operation>>,
  name: string,
  input: unknown,
): object {
  const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
  if (!operation) {
    throw new AwsError(
      'UnknownOperationException',
      `${name} is not supported here. Supported: ${Object.keys(operations).join(', ')}`,
    );
  }
  return operation(input);
}

function describe(error: z.ZodError): string {
  const issues = error.issues.map((issue) => {
    const path = issue.path.join('.');
    return path ? `${path}: ${issue.message}` : issue.message;
  });
  return `${issues.length} validation error(s) detected: ${issues.join('; ')}`;
}

/** One page of a list; the token is opaque to callers. */
type Page<Item> = {
  readonly items: readonly Item[];
  readonly nextToken: string | undefined;
};

/** Cuts one page out of a list; a foreign token is a `ValidationException`. */
export function paginate<Item>(
  items: readonly Item[],
  limit: number,
  token: string | undefined,
): Page<Item> {
  const start = token === undefined ? 0 : Number(/^at-(\d{1,9})$/.exec(token)?.[1] ?? Number.NaN);
  if (Number.isNaN(start)) throw new AwsError('ValidationException', 'NextToken is not valid');
  const end = start + limit;
  return {
    items: items.slice(start, end),
    nextToken: end < items.length ? `at-${end}` : undefined,
  };
}

/** A JSON object, as opposed to an array, a scalar or null. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text as JSON; undefined where it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
