import * as z from 'zod';
import { timestampSchema } from '../time.ts';
import { partOf } from './common.ts';

const text = z.string();

/** One answer of the doctor that a function can give. */
export const findingSchema = z.object({
  check: text,
  subject: text,
  result: z.enum(['ok', 'wrong', 'not checked']),
  words: text,
});
export type HealthFinding = z.infer<typeof findingSchema>;

export const alarmSchema = z.object({
  name: text,
  meaning: text,
  runbook: text,
  state: z
    .enum(['OK', 'ALARM', 'INSUFFICIENT_DATA', 'UNKNOWN'])
    .describe('UNKNOWN: CloudWatch was not asked, or has no such alarm.'),
  since: text.optional(),
});

export const sweepRunSchema = z.object({
  name: text,
  everyMinutes: z.int(),
  lastRunAt: timestampSchema.optional().describe('Missing: it keeps no trace of its runs.'),
  oldestDueAt: timestampSchema
    .optional()
    .describe('Work that has been due since then, and that no run has taken up.'),
  isLate: z.boolean(),
});

/** `GET /payments/admin/health` */
export const healthResponseSchema = z.object({
  success: z.literal(true),
  checkedAt: timestampSchema,
  findings: z.array(findingSchema),
  alarms: partOf(z.array(alarmSchema)),
  sweeps: partOf(z.array(sweepRunSchema)),
  runbooks: z.array(text).describe('Names of pages in docs/runbooks.'),
  fromATerminal: text.describe('What only the command line can check.'),
});
export type HealthResponse = z.infer<typeof healthResponseSchema>;
