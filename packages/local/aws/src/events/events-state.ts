import * as z from 'zod';

const targetSchema = z.strictObject({
  id: z.string(),
  arn: z.string(),
  maximumRetryAttempts: z.number().optional(),
  maximumEventAgeInSeconds: z.number().optional(),
  deadLetterArn: z.string().optional(),
});

const ruleSchema = z.strictObject({
  name: z.string(),
  pattern: z.string(),
  state: z.enum(['ENABLED', 'DISABLED']),
  description: z.string().optional(),
  targets: z.array(targetSchema),
});

const busSchema = z.strictObject({
  name: z.string(),
  description: z.string().optional(),
  createdAtMs: z.number(),
  rules: z.array(ruleSchema),
});

/** Everything EventBridge keeps: buses with their rules and the rules' targets. */
export const eventsStateSchema = z.strictObject({ buses: z.array(busSchema) });

export type EventsState = z.infer<typeof eventsStateSchema>;
export type Bus = z.infer<typeof busSchema>;
export type Rule = z.infer<typeof ruleSchema>;
export type Target = z.infer<typeof targetSchema>;
