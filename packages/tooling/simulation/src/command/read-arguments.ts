import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import * as z from 'zod';

const wholeNumber = z.coerce.number().int().positive();

const schema = z.object({
  seed: z.array(z.coerce.number().int().min(0).max(0xffffffff)).optional(),
  kept: z.boolean().default(false),
  payments: wholeNumber.optional(),
  minutes: z.coerce.number().positive().optional(),
  workers: wholeNumber.optional(),
  faults: z.enum(['light', 'heavy', 'none']).default('heavy'),
  /** Buyers of one episode. */
  buyers: wholeNumber.default(200),
  passes: z.boolean().optional(),
  desks: wholeNumber.optional(),
  trace: z.string().min(1).optional(),
  json: z.boolean().default(false),
});

export interface SimulateOptions {
  /** Of the first episodes; the others' follow from them, and they take turns. */
  seeds: readonly [number, ...number[]];
  /** Begins with every episode that once broke a rule. */
  kept: boolean;
  /** Ends once so many payments were begun. */
  payments: number;
  /** Ends after so long, if that comes first. */
  minutes: number;
  workers: number;
  faults: 'light' | 'heavy' | 'none';
  buyers: number;
  /** Whether every episode is one with passes, which end a month later; undefined: some are. */
  passes?: boolean | undefined;
  /** Operators who pay back, of one episode; undefined: one. */
  desks?: number | undefined;
  /** Prints every step that names this text, of the first episode only. */
  trace: string | undefined;
  /** Prints one line of JSON and nothing else. */
  json: boolean;
}

export const usage = `npm run simulate -- [options]

  --seed N        the first episode's seed; without it a new one is drawn and printed. Of several given the episodes take turns
  --kept          begin with every episode that once broke a rule
  --payments N    end after so many payments (without it, and without --minutes: 20000)
  --minutes N     end after so many minutes
  --workers N     processes at once (one for each processor)
  --faults LEVEL  heavy (default), light or none
  --buyers N      buyers of one episode (200)
  --passes        episodes in which buyers buy passes, and weeks go by until they end; else one in eight is such
  --desks N       operators who pay back in one episode (1)
  --trace TEXT    run the first episode alone and print every step that names this text
  --json          print one line for programs`;

/** Reads the command line. Throws an error in words for what makes no sense. */
export function readArguments(args: readonly string[], newSeed: () => number): SimulateOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: { type: 'string', multiple: true },
      kept: { type: 'boolean' },
      payments: { type: 'string' },
      minutes: { type: 'string' },
      workers: { type: 'string' },
      faults: { type: 'string' },
      buyers: { type: 'string' },
      passes: { type: 'boolean' },
      desks: { type: 'string' },
      trace: { type: 'string' },
      json: { type: 'boolean' },
    },
  });
  const parsed = schema.safeParse(values);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Error(`--${issue?.path.join('.')}: ${issue?.message}`);
  }
  const { payments, minutes, workers, kept, faults, buyers, passes, desks, trace, json } =
    parsed.data;
  const [seed = newSeed(), ...others] = parsed.data.seed ?? [];
  return {
    seeds: [seed, ...others],
    kept,
    payments: payments ?? (minutes === undefined ? 20_000 : Number.POSITIVE_INFINITY),
    minutes: minutes ?? Number.POSITIVE_INFINITY,
    workers: workers ?? availableParallelism(),
    faults,
    buyers,
    passes,
    desks,
    trace,
    json,
  };
}
