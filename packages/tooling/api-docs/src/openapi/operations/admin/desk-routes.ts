import type { AdminRouteKey } from '@cloudnestle/contracts/admin/routes';
import {
  type AdminDoc,
  busy,
  cursor,
  dryRun,
  notFound,
  ok,
  orderNotFound,
  query,
  refused,
  started,
  unchanged,
  why,
} from './parts.ts';

/** Queues, dead letters, jobs, refunds, numbers, health and the action log. */
export const deskRoutes = {
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
} satisfies Partial<Record<AdminRouteKey, AdminDoc>>;
