import type { ErrorDoc, OperationDoc } from './operation.ts';

/** Every error that a call may be answered with: its own, and those of every call. */
export function errorsOf({ body, errors }: Pick<OperationDoc, 'body' | 'errors'>): ErrorDoc[] {
  return [...errors, ...(body ? [bodyTooLarge] : []), ...everywhere];
}

const bodyTooLarge: ErrorDoc = {
  status: 413,
  code: 'BODY_TOO_LARGE',
  when: 'The body has more than 100 KB.',
};

const everywhere: readonly ErrorDoc[] = [
  {
    status: 429,
    code: 'TOO_MANY_REQUESTS',
    when: "The route is flooded. API Gateway's own answer has no Retry-After; the local run's has.",
    retryAfterSeconds: 1,
  },
  { status: 500, code: 'INTERNAL_ERROR', when: 'A bug of ours, or a record that nobody can read.' },
  {
    status: 503,
    code: 'TRY_AGAIN',
    when: 'Something that the call needs is busy or down; nothing is lost by asking again.',
    retryAfterSeconds: 2,
  },
];
