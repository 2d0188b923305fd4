import { parseArgs } from 'node:util';
import * as z from 'zod';
import { benchmarkNames } from '../benchmarks.ts';

const schema = z.object({
  json: z.boolean().default(false),
  quick: z.boolean().default(false),
  help: z.boolean().default(false),
  only: z
    .array(z.enum(benchmarkNames, `--only takes one of: ${benchmarkNames.join(', ')}`))
    .default([...benchmarkNames]),
});
export type Arguments = z.infer<typeof schema>;

export const usage = `pnpm bench [--only NAME]... [--quick] [--json]

  --only NAME  one of ${benchmarkNames.join(', ')}; may be repeated
  --quick      a few repetitions: shows that it works, not what it costs
  --json       the results as JSON`;

/** The command's flags. Throws an error worth showing where they make no sense. */
export function readArguments(args: readonly string[]): Arguments {
  const { values } = parseArgs({
    // pnpm hands over the -- of "pnpm bench -- --quick".
    args: args.filter((arg) => arg !== '--'),
    options: {
      json: { type: 'boolean' },
      quick: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
      only: { type: 'string', multiple: true },
    },
  });
  const parsed = schema.safeParse(values);
  if (parsed.success) return parsed.data;
  throw new Error(parsed.error.issues.map(({ message }) => message).join('; '));
}
