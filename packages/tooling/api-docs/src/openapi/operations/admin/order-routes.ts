import type { AdminRouteKey } from '@cloudnestle/contracts/admin/routes';
import { transactionId } from '../../../examples.ts';
import {
  type AdminDoc,
  cursor,
  dryRun,
  ok,
  orderNotFound,
  query,
  refused,
  started,
  unchanged,
  why,
} from './parts.ts';

/** Who is signed in, the picture, orders and what is done about one. */
export const orderRoutes = {
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
} satisfies Partial<Record<AdminRouteKey, AdminDoc>>;
