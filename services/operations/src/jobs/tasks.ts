import { letterFilterSchema } from '@cloudnestle/contracts/admin/letters';
import { timestampSchema } from '@cloudnestle/contracts/time';
import { PermanentError } from '@cloudnestle/runtime/errors';
import * as z from 'zod';

const text = z.string().min(1);
const choice = {
  queue: text,
  filter: letterFilterSchema,
  max: z.int().optional(),
  cutOff: timestampSchema,
};

/** What a job is to do, as its row keeps it. */
export const taskSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('look'), queue: text.optional(), filter: letterFilterSchema }),
  z.object({ kind: z.literal('replay'), ...choice, force: z.boolean(), rate: z.int().optional() }),
  z.object({ kind: z.literal('discard'), ...choice }),
  z.object({
    kind: z.literal('restore'),
    queue: text,
    ofJob: text.optional(),
    messageId: text.optional(),
  }),
  z.object({
    kind: z.literal('reconcile'),
    transactionId: text.optional(),
    from: text.optional(),
    to: text.optional(),
    repair: z.boolean(),
  }),
  z.object({
    kind: z.literal('refundOwed'),
    transactionIds: z.array(text).optional(),
    max: z.int().optional(),
  }),
  z.object({ kind: z.literal('repair'), transactionId: text }),
  z.object({ kind: z.literal('resendMail'), transactionId: text }),
]);
export type Task = z.infer<typeof taskSchema>;
export type TaskOf<Kind extends Task['kind']> = Extract<Task, { kind: Kind }>;

/** What is kept in a job's row, of this or an earlier version. */
export function readTask(value: unknown): Task {
  const read = taskSchema.safeParse(value);
  if (read.success) return read.data;
  throw new PermanentError('this job is of another version: start it again');
}

/** What the action log and the screens say that a job is about: ids and filters, flat. */
export function describeTarget(task: Task): Record<string, string | number | boolean> {
  const { kind: _kind, ...rest } = task;
  const flat = Object.entries(rest).flatMap(([name, value]): [string, unknown][] => {
    if (Array.isArray(value)) return [[name, value.join(' ').slice(0, 500)]];
    return typeof value === 'object' && value !== null ? Object.entries(value) : [[name, value]];
  });
  const target: Record<string, string | number | boolean> = {};
  for (const [name, value] of flat) {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
      target[name] = value;
    }
  }
  return target;
}
