import type * as z from 'zod';
import { AwsError } from './aws-error.ts';

/** One operation of our own services: checks its input strictly, then performs it. */
export type Operation = (input: unknown) => object;

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
