import * as z from 'zod';

/**
 * `marketplace/payments/environment`: names and addresses of one deployed (or local) stage, written by whatever
 * created it, so that the command line needs nothing but the SDK's own environment. Holds no secret value.
 */
export const environmentSecretSchema = z.object({
  stage: z.string().min(1),
  apiUrl: z.url(),
  gateway: z.object({ authUrl: z.url(), baseUrl: z.url() }),
  eventBusName: z.string().min(1),
  tables: z.object({
    transactions: z.string().min(1),
    users: z.string().min(1),
    entitlements: z.string().min(1),
    checkouts: z.string().min(1),
    notifications: z.string().min(1),
  }),
  /** Queue urls by subscriber. */
  queues: z.record(z.string(), z.object({ url: z.string(), deadLetterUrl: z.string() })),
  deliveryDeadLetterUrl: z.string(),
});
export type EnvironmentSecret = z.infer<typeof environmentSecretSchema>;
