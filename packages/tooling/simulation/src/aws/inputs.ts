import type * as z from 'zod';
import { NotModelledError } from './aws.ts';

const MOST_SHAPES = 1000;

/**
 * Reads a command's input. What the model does not know is refused loudly and not passed over; what AWS would refuse is
 * thrown as `refuse` has it.
 *
 * `shapeOf`, where it is given, answers one text for all inputs that the schema judges alike and hands over as they are:
 * millions of calls have a few dozen shapes, and each is judged once.
 */
export function readerOf<Schema extends z.ZodType>(
  commandName: string,
  schema: Schema,
  refuse: (problem: string) => Error,
  shapeOf?: (input: unknown) => string,
): (input: unknown) => z.output<Schema> {
  const taken = new Set<string>();
  const isTaken = (_input: unknown, shape: string | undefined): _input is z.output<Schema> =>
    shape !== undefined && taken.has(shape);
  return (input) => {
    const shape = shapeOf?.(input);
    if (isTaken(input, shape)) return input;
    const parsed = schema.safeParse(input);
    if (parsed.success) {
      if (shape !== undefined && taken.size < MOST_SHAPES) taken.add(shape);
      return parsed.data;
    }
    const { issues } = parsed.error;
    const unknown = issues.find(({ code }) => code === 'unrecognized_keys');
    if (unknown) throw new NotModelledError(`${commandName}: ${unknown.message}`);
    const [issue] = issues;
    throw refuse(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'invalid'}`);
  };
}
