import {
  type AdminRouteKey,
  adminRouteKeys,
  adminRoutes,
} from '@cloudnestle/contracts/admin/routes';
import { transactionId } from '../../examples.ts';
import type { AnswerDoc, ErrorDoc, OperationDoc, ParameterDoc } from '../operation.ts';
import type { AnswerName, RequestName } from '../schemas.ts';

/** What is said of one route of the operators' API; role and path are the table's. */
interface AdminDoc {
  summary: string;
  description: string;
  query?: readonly ParameterDoc[];
  body?: { schema: RequestName; examples: Readonly<Record<string, unknown>> };
  answers: readonly AnswerDoc[];
  errors?: readonly ErrorDoc[];
}

const cursor: ParameterDoc = {
  name: 'cursor',
  in: 'query',
  schema: 'text',
  description: '`nextCursor` of the page before.',
};
const query = (name: string, description: string, required = false): ParameterDoc => ({
  name,
  in: 'query',
  schema: 'text',
  required,
  description,
});

const ok = (schema: AnswerName, description: string): AnswerDoc => ({
  status: 200,
  schema,
  description,
});
const started: AnswerDoc = {
  status: 202,
  schema: 'JobStartedAnswer',
  description: 'The job, which a worker takes up: `GET /payments/admin/jobs/{jobId}`.',
};
const unchanged: AnswerDoc = {
  status: 304,
  description: 'What the caller has by its `If-None-Match` is what there is.',
};

const orderNotFound: ErrorDoc = {
  status: 404,
  code: 'ORDER_NOT_FOUND',
  when: 'No order has this id.',
};
const notFound = (when: string): ErrorDoc => ({ status: 404, code: 'NOT_FOUND', when });
const refused = (when: string, message: string): ErrorDoc => ({
  status: 409,
  code: 'REFUSED',
  when,
  message,
});
const busy: ErrorDoc = {
  status: 409,
  code: 'QUEUE_BUSY',
  when: 'Another operator goes through this dead-letter queue.',
  message:
    'anna@example.com goes through the dead letters of tiers since 2026-11-28T08:00:00.000Z. One walk at a time.',
};

const why = { reason: 'the buyer wrote, case 4711' };
const dryRun = { dryRun: true };

const docs: Readonly<Record<AdminRouteKey, AdminDoc>> = {
  me: {
    summary: 'Who is signed in, and what they may do',
    description: '`can` lists the keys of the routes that the server lets this operator call.',
    answers: [ok('MeAnswer', 'The operator.')],
  },
  topology: {
    summary: 'Bus, rules, queues, subscribers and their effects',
    description: 'What the live picture is drawn from. It changes with a deployment only.',
    answers: [ok('TopologyAnswer', 'Under the names of this stage.'), unchanged],
  },
  search: {
    summary: 'Find orders and buyers by any id or email',
    description:
      'An order by its own, the merchant’s or the gateway’s id, by a refund or a document; a user by id or email. By indexes alone. A POST, because an email has no place in a URL.',
    body: { schema: 'SearchRequest', examples: { 'An order': { text: transactionId } } },
    answers: [ok('SearchAnswer', 'The newest orders first; personal data is masked.')],
  },
  orders: {
    summary: 'A page of orders by their creation',
    description: 'The latest first. A page may be short or empty and yet be followed by others.',
    query: [
      query('from', 'A day in India.', true),
      query('to', 'A day in India; it belongs to the range, at most 92 days in all.', true),
      query('status', 'PENDING, COMPLETED or FAILED.'),
      cursor,
    ],
    answers: [ok('OrdersAnswer', 'The page.')],
  },
  payment: {
    summary: 'One order from all sides',
    description:
      'Verdict and repair as the command line says them, gateway, books and access, the walk of each event to its effects, timeline, mails, refunds, documents and actions. No dead letter is received: where some lie that may be this order’s, the verdict is not certain.',
    answers: [ok('PaymentAnswer', 'The order.'), unchanged],
    errors: [orderNotFound],
  },
  paymentLetters: {
    summary: 'The order’s dead letters',
    description:
      'Looks through every dead-letter queue, which hides letters from others for a minute: never by a timer.',
    answers: [ok('PaymentLettersAnswer', 'The letters, and the verdict with what they tell.')],
    errors: [orderNotFound],
  },
  reveal: {
    summary: 'Personal data as it is',
    description: 'Who wanted it and why is written to the action log before anything is answered.',
    body: {
      schema: 'RevealRequest',
      examples: { 'The address': { fields: ['userEmail'], ...why } },
    },
    answers: [ok('RevealAnswer', 'The values.')],
    errors: [orderNotFound],
  },
  repair: {
    summary: 'Do what the verdict asks for',
    description: 'With `dryRun` the plan; else a job.',
    body: { schema: 'RepairRequest', examples: { 'Only plan': dryRun, Repair: why } },
    answers: [ok('RepairPlanAnswer', 'What would be done.'), started],
    errors: [orderNotFound],
  },
  resendMail: {
    summary: 'Send mails again of which it is unknown whether they were sent',
    description: 'They may arrive twice. With `dryRun` the plan; else a job.',
    body: { schema: 'RepairRequest', examples: { 'Only plan': dryRun, Send: why } },
    answers: [ok('RepairPlanAnswer', 'What would be done.'), started],
    errors: [orderNotFound],
  },
  requestRefund: {
    summary: 'Pay money of an order back',
    description: 'The same `idempotencyKey` of an order is the same refund.',
    body: {
      schema: 'OperatorRefundRequest',
      examples: {
        'All that is left': {
          refundReason: 'BUYER_REQUEST',
          idempotencyKey: 'case-4711-all',
          ...why,
        },
      },
    },
    answers: [
      {
        status: 202,
        schema: 'OperatorRefundAnswer',
        description: 'The refund; its amount is set aside.',
      },
    ],
    errors: [
      orderNotFound,
      {
        status: 409,
        code: 'REFUND_REFUSED',
        when: 'The order cannot be refunded like this; `refusal` says why.',
        message: 'This cannot be refunded: nothing is left to give back',
        extra: { transactionId, refundId: 'MR-1f0c9b7a5e3d2c4b6a8f0e1d', refusal: 'NOTHING_LEFT' },
      },
      {
        status: 409,
        code: 'IDEMPOTENCY_KEY_REUSED',
        when: 'The key stands for another refund of this order.',
        extra: { transactionId, refundId: 'MR-1f0c9b7a5e3d2c4b6a8f0e1d' },
      },
    ],
  },
  resolveAttention: {
    summary: 'End a reason for which an order needs an operator',
    description: 'By the operator’s word. What came since `seenVersion` is not ended unseen.',
    body: {
      schema: 'ResolveAttentionRequest',
      examples: { 'A dispute': { attentionReason: 'DISPUTE', seenVersion: 3, ...why } },
    },
    answers: [ok('ResolveAttentionAnswer', 'The reason stands no more.')],
    errors: [
      orderNotFound,
      {
        status: 409,
        code: 'CHANGED_MEANWHILE',
        when: 'Something came that the operator has not seen.',
      },
      refused(
        'The order does not need an operator for this.',
        'It does not need an operator for DISPUTE. Nothing was changed.',
      ),
    ],
  },
  endAccess: {
    summary: 'Take a paid order’s access away',
    description: 'The money stays where it is.',
    body: { schema: 'ChangeAccessRequest', examples: { 'With a word why': why } },
    answers: [ok('ChangeAccessAnswer', 'The order’s row says so.')],
    errors: [
      orderNotFound,
      refused('The order is not paid.', 'Only a paid order gives access; this one is FAILED.'),
    ],
  },
  restoreAccess: {
    summary: 'Give a paid order’s access back',
    description: 'Whatever took it away.',
    body: { schema: 'ChangeAccessRequest', examples: { 'With a word why': why } },
    answers: [ok('ChangeAccessAnswer', 'The order’s row says so.')],
    errors: [
      orderNotFound,
      refused('It was never taken away.', 'Its access was never taken away.'),
    ],
  },
  queues: {
    summary: 'Messages of every queue',
    description: 'By attributes only: nothing is received, so it may be asked by a timer.',
    answers: [ok('QueuesAnswer', 'Approximate counts.'), unchanged],
  },
  startLook: {
    summary: 'Look through dead letters',
    description: 'One queue or all, grouped by reason. Receives letters and gives them back.',
    body: { schema: 'StartLookRequest', examples: { 'One queue': { queue: 'tiers', filter: {} } } },
    answers: [
      { status: 202, schema: 'StartLookAnswer', description: 'The look, which a worker takes up.' },
    ],
    errors: [refused('There is no such queue.', 'There is no dead-letter queue "tier".')],
  },
  look: {
    summary: 'What a look has seen',
    description: 'Groups and a page of letters, masked. Kept for a day.',
    query: [cursor],
    answers: [ok('LookAnswer', 'The snapshot.'), unchanged],
    errors: [notFound('No such look, or its time is over.')],
  },
  lookLetter: {
    summary: 'One dead letter whole',
    description: 'As the look saw it; people’s addresses in its body are masked.',
    answers: [ok('LookLetterAnswer', 'The letter.')],
    errors: [notFound('No such look or letter, or its time is over.')],
  },
  keptLetters: {
    summary: 'Discarded letters of a queue',
    description: 'Kept for 14 days; until then they can be restored.',
    query: [query('queue', 'A subscriber, `operations` or `delivery`.', true), cursor],
    answers: [ok('KeptLettersAnswer', 'The latest first.')],
    errors: [refused('There is no such queue.', 'There is no dead-letter queue "tier".')],
  },
  replay: {
    summary: 'Put dead letters back into their queues',
    description:
      'With `dryRun` a preview, which says what cannot succeed and why; else a job. Hand its `cutOff` back: the job then takes what was seen, and no more.',
    body: {
      schema: 'ReplayRequest',
      examples: {
        'Only preview': {
          queue: 'tiers',
          filter: { reason: 'no user row *' },
          force: false,
          ...dryRun,
        },
        Replay: { queue: 'tiers', filter: { reason: 'no user row *' }, force: false, ...why },
      },
    },
    answers: [ok('LetterPreviewAnswer', 'What would be moved.'), started],
    errors: [busy, refused('There is no such queue.', 'There is no dead-letter queue "tier".')],
  },
  discard: {
    summary: 'Discard dead letters',
    description:
      'They are kept for 14 days, and only then deleted. With `dryRun` a preview; else a job.',
    body: {
      schema: 'DiscardRequest',
      examples: {
        'Only preview': { queue: 'tiers', filter: { id: 'evt_1' }, ...dryRun },
        Discard: { queue: 'tiers', filter: { id: 'evt_1' }, ...why },
      },
    },
    answers: [ok('LetterPreviewAnswer', 'What would be discarded.'), started],
    errors: [busy, refused('There is no such queue.', 'There is no dead-letter queue "tier".')],
  },
  restore: {
    summary: 'Bring discarded letters back',
    description: 'Into their dead-letter queue, with all that stood on them.',
    body: {
      schema: 'RestoreRequest',
      examples: {
        Restore: { queue: 'tiers', jobId: '7d3f9c1e-6b0a-4c55-9a0e-2f4b8d1c7e60', ...why },
      },
    },
    answers: [ok('LetterPreviewAnswer', 'What would be restored.'), started],
    errors: [busy, refused('There is no such queue.', 'There is no dead-letter queue "tier".')],
  },
  jobs: {
    summary: 'Operators’ jobs',
    description: 'The latest first, for 90 days.',
    query: [cursor],
    answers: [ok('JobsAnswer', 'A page of jobs.'), unchanged],
  },
  job: {
    summary: 'How far a job is',
    description: 'A job that is killed is taken up again within minutes.',
    answers: [ok('JobAnswer', 'The job.'), unchanged],
    errors: [notFound('No such job, or its time is over.')],
  },
  jobResults: {
    summary: 'What a job found of single orders',
    description: 'Of a reconciliation of a range, and of a bulk refund.',
    query: [cursor],
    answers: [ok('JobResultsAnswer', 'A page of results.')],
    errors: [notFound('No such job, or its time is over.')],
  },
  cancelJob: {
    summary: 'Stop a job at its next safe point',
    description: 'Nothing that was done is undone, and no letter is lost.',
    answers: [ok('JobAnswer', 'The job as it is now.')],
    errors: [notFound('No such job, or its time is over.')],
  },
  reconcile: {
    summary: 'Ask the gateway about one order or a range of days',
    description: 'As a job; with `repair` what is missing is published.',
    body: {
      schema: 'ReconciliationsRequest',
      examples: {
        'A range': { from: '2025-11-01', to: '2025-11-30', repair: false, ...why },
      },
    },
    answers: [started],
    errors: [orderNotFound],
  },
  attention: {
    summary: 'Orders that need an operator',
    description: 'By reason and age, each with the route that leads out of it.',
    answers: [ok('AttentionAnswer', 'By reason.'), unchanged],
  },
  refunds: {
    summary: 'Refunds under way, failed, or completed on a day',
    description: 'The newest first.',
    query: [
      query('list', '`open`, `failed` or `completed`.', true),
      query('day', 'A day in India.'),
    ],
    answers: [ok('RefundsAnswer', 'The refunds.')],
  },
  owed: {
    summary: 'What buyers have paid twice',
    description: 'Each with why it cannot go back now, if it cannot.',
    answers: [ok('OwedAnswer', 'The longest waiting first.')],
  },
  refundOwed: {
    summary: 'Give back what buyers have paid twice',
    description: 'With `dryRun` a preview; else a job.',
    body: { schema: 'RefundOwedRequest', examples: { 'Only preview': dryRun, 'All of it': why } },
    answers: [ok('RefundOwedPreviewAnswer', 'What would be asked for.'), started],
  },
  analytics: {
    summary: 'Payments and revenue by day in India',
    description: 'Recomputed from orders and refunds, never counted up.',
    query: [
      query('from', 'A day in India.', true),
      query('to', 'A day in India; it belongs to the range, at most 92 days in all.', true),
    ],
    answers: [ok('AnalyticsAnswer', 'The days and their total.')],
  },
  health: {
    summary: 'Findings, alarms and schedules',
    description: 'The doctor’s checks that a function can make.',
    answers: [ok('HealthAnswer', 'What was found.')],
  },
  actions: {
    summary: 'Who did what and why',
    description: 'Of the console and of the command line, the latest first.',
    query: [query('transactionId', 'Only those about this order.'), cursor],
    answers: [ok('ActionsAnswer', 'A page of the log.')],
  },
};

const unauthenticated: ErrorDoc = {
  status: 401,
  code: 'UNAUTHENTICATED',
  when: 'No token, or one that was made for something else.',
  message: 'Please sign in.',
};

function forbidden(key: AdminRouteKey): ErrorDoc {
  return adminRoutes[key].role === 'look'
    ? {
        status: 403,
        code: 'FORBIDDEN',
        when: 'The caller is in none of the groups of operators.',
        message: 'This is for operators.',
      }
    : {
        status: 403,
        code: 'FORBIDDEN',
        when: 'The caller is in no group that repairs.',
        message: 'You may look, and not change anything.',
      };
}

const invalid: ErrorDoc = {
  status: 400,
  code: 'INVALID_REQUEST',
  when: 'A field is missing or wrong; on production also the stage’s name, where something is changed.',
  message: 'Please check your request: reason is missing',
  fields: [{ field: 'reason', message: 'is missing' }],
};

/** The operators' API, route by route. */
export const adminOperations: readonly OperationDoc[] = adminRouteKeys.map((key) => {
  const { summary, description, query: asked = [], body, answers, errors = [] } = docs[key];
  const { method, path } = adminRoutes[key];
  const parameters: ParameterDoc[] = [
    ...[...path.matchAll(/\{(\w+)\}/g)].map(
      ([, name = '']): ParameterDoc => ({
        name,
        in: 'path',
        schema: name === 'transactionId' ? 'TransactionId' : 'text',
        required: true,
      }),
    ),
    ...asked,
  ];
  const hasInput = body !== undefined || asked.length > 0;
  return {
    route: `${method} ${path}`,
    operationId: `admin${key.charAt(0).toUpperCase()}${key.slice(1)}`,
    tag: 'Operators',
    summary,
    description,
    parameters,
    ...(body
      ? {
          body: {
            required: true,
            examples: Object.fromEntries(
              Object.entries(body.examples).map(([words, value]) => [
                words,
                { schema: body.schema, value },
              ]),
            ),
          },
        }
      : {}),
    answers,
    errors: [...(hasInput ? [invalid] : []), unauthenticated, forbidden(key), ...errors],
  };
});
