import * as z from 'zod';

const spreadSchema = z.object({
  median: z.number(),
  /** Lower and upper quartile of the single comparisons. */
  low: z.number(),
  high: z.number(),
});

const measureSchema = z.object({
  what: z.string(),
  unit: z.enum(['ms', 'KB', 'payments/s', 'orders/s', 'validations/s', 'letters/s']),
  measured: z.number(),
  /** The same unit for what it is held against, measured in turn with it. */
  baseline: z.number().optional(),
  /** Measured over baseline. */
  ratio: spreadSchema.optional(),
  goal: z.union([z.object({ atMost: z.number() }), z.object({ atLeast: z.number() })]).optional(),
});

/** What a benchmark found. */
export const findingsSchema = z.object({
  measures: z.array(measureSchema),
  /** How it was measured: sizes of samples, what is in and what is not. */
  notes: z.array(z.string()),
});

export type Measure = z.infer<typeof measureSchema>;
export type Goal = NonNullable<Measure['goal']>;
export type Spread = z.infer<typeof spreadSchema>;
export type Findings = z.infer<typeof findingsSchema>;

export interface BenchmarkOptions {
  /** Far fewer repetitions: shows that it works, not what it costs. */
  quick: boolean;
  /** Told how far it is, 0 to 1. */
  progress(done: number): void;
}

/** Measures and returns; throws where it could not. A missed goal is a result like any other. */
export type Benchmark = (options: BenchmarkOptions) => Promise<Findings>;
