import type { AnswerDoc, ErrorDoc, ParameterDoc } from '../../operation.ts';
import type { AnswerName, RequestName } from '../../schemas.ts';

/** What is said of one route of the operators' API; role and path are the table's. */
export interface AdminDoc {
  summary: string;
  description: string;
  query?: readonly ParameterDoc[];
  body?: { schema: RequestName; examples: Readonly<Record<string, unknown>> };
  answers: readonly AnswerDoc[];
  errors?: readonly ErrorDoc[];
}

export const cursor: ParameterDoc = {
  name: 'cursor',
  in: 'query',
  schema: 'text',
  description: '`nextCursor` of the page before.',
};
export const query = (name: string, description: string, required = false): ParameterDoc => ({
  name,
  in: 'query',
  schema: 'text',
  required,
  description,
});

export const ok = (schema: AnswerName, description: string): AnswerDoc => ({
  status: 200,
  schema,
  description,
});
export const started: AnswerDoc = {
  status: 202,
  schema: 'JobStartedAnswer',
  description: 'The job, which a worker takes up: `GET /payments/admin/jobs/{jobId}`.',
};
export const unchanged: AnswerDoc = {
  status: 304,
  description: 'What the caller has by its `If-None-Match` is what there is.',
};

export const orderNotFound: ErrorDoc = {
  status: 404,
  code: 'ORDER_NOT_FOUND',
  when: 'No order has this id.',
};
export const notFound = (when: string): ErrorDoc => ({ status: 404, code: 'NOT_FOUND', when });
export const refused = (when: string, message: string): ErrorDoc => ({
  status: 409,
  code: 'REFUSED',
  when,
  message,
});
export const busy: ErrorDoc = {
  status: 409,
  code: 'QUEUE_BUSY',
  when: 'Another operator goes through this dead-letter queue.',
  message:
    'anna@example.com goes through the dead letters of tiers since 2026-11-28T08:00:00.000Z. One walk at a time.',
};

export const why = { reason: 'the buyer wrote, case 4711' };
export const dryRun = { dryRun: true };
