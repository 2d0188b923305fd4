import type * as z from 'zod';
import { NotModelledError } from './aws.ts';

/**
 * Reads a command's input. What the model does not know is refused loudly and not passed over; what AWS would refuse is
 * thrown as `refuse` has it.
 */
export function readerOf<Schema extends z.ZodType>(
  commandName: string,
  schema: Schema,
  refuse: (problem: string) => Error,
): (input: unknown) => z.output<Schema> {
  return (input) => {
    const parsed = schema.safeParse(input);
    if (parsed.success) return parsed.data;
    const { issues } = parsed.error;
    const unknown = issues.find(({ code }) => code === 'unrecognized_keys');
    if (unknown) throw new NotModelledError(`${commandName}: ${unknown.message}`);
    const [issue] = issues;
    throw refuse(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'invalid'}`);
  };
}
