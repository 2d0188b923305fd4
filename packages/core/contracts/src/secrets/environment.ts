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
    refunds: z.string().min(1),
    invoices: z.string().min(1),
    operations: z.string().min(1),
  }),
  /** Queue urls by subscriber. */
  queues: z.record(z.string(), z.object({ url: z.string(), deadLetterUrl: z.string() })),
  deliveryDeadLetterUrl: z.string(),
  /** Names of the secrets, never their values. */
  secrets: z.object({ gatewayCredentials: z.string().min(1), tokenSecret: z.string().min(1) }),
  indexes: z.object({
    openOrders: z.string().min(1),
    ordersNeedingAttention: z.string().min(1),
    ordersByDay: z.string().min(1),
    ordersByGatewayOrder: z.string().min(1),
    ordersByUser: z.string().min(1),
    usersByEmail: z.string().min(1),
    entitlementsByToken: z.string().min(1),
    refundsByOrder: z.string().min(1),
    openRefunds: z.string().min(1),
    refundsByDay: z.string().min(1),
    openDocuments: z.string().min(1),
    operationsByTime: z.string().min(1),
    operationsByOrder: z.string().min(1),
  }),
  solutionId: z.string().min(1),
  /** What stands before the series of documents. */
  seriesPrefix: z.string().default(''),
  /** How many days before its end the buyer of a pass is reminded. */
  passReminderDays: z.int().nonnegative().default(3),
  /** The address that mails come from: an identity of SES. */
  mailFrom: z.string().min(3),
  /** Who signs the tokens of admins, and which of them the admin route takes. */
  admins: z.object({
    issuer: z.url(),
    clientIds: z.array(z.string().min(1)).min(1),
    group: z.string().min(1).default('admin'),
    tokenUse: z.enum(['id', 'access']).default('id'),
    /** The user pool and the app client that a terminal signs in with; absent where a pool of before has none. */
    terminal: z.object({ userPoolId: z.string().min(1), clientId: z.string().min(1) }).optional(),
    /** Only on a developer's own machine, where every caller may have a token. */
    tokenUrl: z.url().optional(),
  }),
});
export type EnvironmentSecret = z.infer<typeof environmentSecretSchema>;
