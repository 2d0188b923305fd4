import { frontendsSchema } from '@cloudnestle/contracts/frontend';
import { gatewayNames } from '@cloudnestle/contracts/gateways';
import { sellerConfigSchema } from '@cloudnestle/contracts/seller';
import { textSchema } from '@cloudnestle/contracts/text';
import {
  DEFAULT_PLANS_ON_SALE,
  DEFAULT_SOLUTION_ID,
  planIds,
} from '@cloudnestle/payments/catalogue';
import { DEFAULT_REFUND_DUPLICATES } from '@cloudnestle/topology/function-environment';
import { DEFAULT_ACCOUNT_CONCURRENCY } from '@cloudnestle/topology/functions';
import * as z from 'zod';

const webAddress = z.url({ protocol: /^https?$/ });
const name = z.string().min(1);
const day = z.iso.date();
const optionalName = name.optional();

/** Where SES gets its right to send: an address, or a domain that the sender's address is of. */
const identity = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('created'), name }),
  z.strictObject({
    kind: z.literal('existing'),
    name,
    /** The one that the identity already sends with, if any. */
    configurationSet: optionalName,
  }),
]);

const adminPool = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('created') }),
  z.strictObject({
    kind: z.literal('existing'),
    userPoolId: name,
    /** The app clients with which admins sign in. */
    clientIds: z.array(name).min(1),
    /** The one with which `payments token` signs in: it allows ADMIN_USER_PASSWORD_AUTH and has no secret. */
    terminalClientId: optionalName,
    /** With what the console signs in, where the stage has one; the pool's own settings are not ours to change. */
    console: z
      .strictObject({
        /** A public client with the code flow, scopes `openid` and `email`, and the console's two addresses. */
        clientId: name,
        /** The pool's domain: `https://NAME.auth.REGION.amazoncognito.com`. */
        signInUrl: z.url({ protocol: /^https$/ }),
      })
      .optional(),
  }),
]);

/** Where stages may live: near its buyers, or beside the system it takes over from. */
const regions = ['us-east-1', 'ap-south-1', 'ap-south-2', 'ap-southeast-1', 'eu-west-1'] as const;

/** Days for which CloudWatch keeps logs; it takes no other numbers. */
const logRetentionDays = z.literal([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 731]);

const executions = z.int().positive().optional();

/**
 * Who gets Lambda's concurrent executions. `reserved`: each function its own, as the topology says. `shared`: the function that
 * calls first, as a new account needs it, which may have ten of them and can reserve none.
 */
const concurrency = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('shared') }),
  z.strictObject({
    kind: z.literal('reserved'),
    /** The account's own limit in the region (Service Quotas: Lambda, concurrent executions). */
    accountLimit: z.int().positive().default(DEFAULT_ACCOUNT_CONCURRENCY),
    /** Other numbers than the topology's. */
    changes: z
      .strictObject({
        upgrade: executions,
        callback: executions,
        paymentStatus: executions,
        plans: executions,
        webhook: executions,
        reconcile: executions,
        refund: executions,
        refundStatus: executions,
        refunds: executions,
        refundSweep: executions,
        validateToken: executions,
        sweep: executions,
        invoice: executions,
        invoiceSweep: executions,
        revenue: executions,
        operate: executions,
        operations: executions,
        tiers: executions,
        entitlements: executions,
        notifications: executions,
        reconciliation: executions,
        invoices: executions,
      })
      .default({}),
  }),
]);

/** All that is decided about a stage; everything else follows from it and the topology. */
export const stageConfigSchema = z.strictObject({
  region: z.enum(regions),
  /** Shops that sell; the first one's return page is the default. */
  frontends: frontendsSchema,
  /** The storefront of `packages/web` as a site of the stage's own. Left out: the stage's shops are elsewhere. */
  storefront: z
    .strictObject({
      /** Which of the frontends it is: the site's address is that one's origin. */
      source: name,
      /** The origins of the gateway's payment page: a browser is sent to no other. */
      gatewayOrigins: z.array(webAddress).min(1),
      /** Left out: CloudFront's own name, which the first deployment prints. */
      domain: z
        .strictObject({
          name,
          /** In us-east-1, wherever the stage is. */
          certificateArn: z.string().startsWith('arn:aws:acm:us-east-1:'),
        })
        .optional(),
    })
    .optional(),
  /** The operators' console of `packages/web` as a site of the stage's own, at `ORIGIN/console/`. Left out: the stage has none. */
  console: z
    .strictObject({
      /** The site's address. CORS lets it in, and the user pool sends operators back to it. */
      origin: z.url({ protocol: /^https$/ }),
      /** For that very name, in us-east-1. Left out: CloudFront's own name, which the first deployment prints. */
      certificateArn: z.string().startsWith('arn:aws:acm:us-east-1:').optional(),
    })
    .optional(),
  mail: z.strictObject({
    /** An address, or `Name <address>`. */
    from: z.string().min(3),
    supportAddress: z.email(),
    /** Where a mail's links lead. */
    appUrl: webAddress,
    identity,
    /** Only in SES's sandbox, where each recipient is an identity that must be allowed as well. */
    sandboxRecipients: z.array(z.email()).default([]),
  }),
  /** Who is mailed when an alarm goes off; AWS asks that address for its consent first. */
  alertAddress: z.email().optional(),
  gateway: z.strictObject({ authUrl: webAddress, baseUrl: webAddress }),
  /** Opens new orders, where it is not the default one. */
  standardGateway: z.enum(gatewayNames).optional(),
  /** The most that one run asks of the gateway in a second. */
  gatewayCallsPerSecond: z.int().positive().default(25),
  concurrency: concurrency.default({ kind: 'shared' }),
  admins: z.strictObject({
    pool: adminPool,
    group: name.default('admin'),
    /** Those who may see everything in the console. */
    lookGroup: name.default('look'),
    /** Those who may change things in the console and pay money back, besides the admins. */
    repairGroup: name.default('repair'),
    tokenUse: z.enum(['id', 'access']).default('id'),
  }),
  /** Tables of an earlier system that are used as they are, by their names. The others are created. */
  existingTables: z
    .strictObject({
      transactions: optionalName,
      users: optionalName,
      entitlements: optionalName,
      checkouts: optionalName,
      notifications: optionalName,
      refunds: optionalName,
      invoices: optionalName,
      operations: optionalName,
    })
    .default({}),
  /** Only on existing tables, where an index is called otherwise. */
  indexNames: z
    .strictObject({
      openOrders: optionalName,
      ordersNeedingAttention: optionalName,
      ordersByDay: optionalName,
      ordersByGatewayOrder: optionalName,
      ordersByUser: optionalName,
      usersByEmail: optionalName,
      entitlementsByToken: optionalName,
      refundsByOrder: optionalName,
      openRefunds: optionalName,
      refundsByDay: optionalName,
      openDocuments: optionalName,
      operationsByTime: optionalName,
      operationsByOrder: optionalName,
    })
    .default({}),
  /** Secrets that are there already, by their names. The others are created, empty. */
  existingSecrets: z
    .strictObject({ gatewayCredentials: optionalName, tokenSecret: optionalName })
    .default({}),
  /** It stands in events, as part of what was bought. */
  solutionId: textSchema.min(1).default(DEFAULT_SOLUTION_ID),
  /** When a day of searches begins, in minutes east of UTC. */
  quotaUtcOffsetMinutes: z.int().min(-720).max(840).default(0),
  /** How many days before its end the buyer of a pass is reminded; 0: never. A month has 28 days at least. */
  passReminderDays: z.int().min(0).max(27).default(3),
  /**
   * Whether the refund sweep gives back by itself what a buyer has paid twice, after so many hours, and at most so many
   * refunds in a day. Off: they are listed as owed, for an operator.
   */
  refundDuplicates: z
    .strictObject({
      enabled: z.boolean(),
      holdHours: z.int().min(1).max(720).default(DEFAULT_REFUND_DUPLICATES.holdHours),
      maxPerDay: z.int().min(1).max(1000).default(DEFAULT_REFUND_DUPLICATES.maxPerDay),
    })
    .default(DEFAULT_REFUND_DUPLICATES),
  /** Ids of the plans that buyers may choose; what is in the catalogue and not here stays understood. */
  plansOnSale: z
    .array(z.enum(planIds))
    .min(1)
    .default([...DEFAULT_PLANS_ON_SALE]),
  /** Who sells, as invoices say it. */
  seller: sellerConfigSchema,
  /** Days on which banks settle nothing, besides Sundays and second and fourth Saturdays. */
  bankHolidays: z.array(day).default([]),
  logRetentionDays,
});
export type StageConfig = z.infer<typeof stageConfigSchema>;
