import type { ErrorBody, ErrorCode } from '@cloudnestle/contracts/http/error';
import type { SummaryFields } from '@cloudnestle/contracts/log-fields';

type Extra = Pick<
  ErrorBody,
  'currentTier' | 'transactionId' | 'planId' | 'redirectUrl' | 'refundId' | 'refusal'
> & {
  fields?: { field: string; message: string }[];
};

/**
 * An answer that is no success: `message` and `extra` are for the public, `reason` for the log only.
 */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly statusCode: number;
  readonly code: ErrorCode;
  readonly reason: string | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly extra: Extra;
  /** Ids for the summary line. */
  readonly summary: Partial<SummaryFields>;

  constructor(
    statusCode: number,
    code: ErrorCode,
    message: string,
    options: {
      reason?: string;
      retryAfterSeconds?: number;
      extra?: Extra;
      summary?: Partial<SummaryFields>;
    } = {},
  ) {
    super(message);
    this.statusCode = statusCode;
    this.code = code;
    this.reason = options.reason;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.extra = options.extra ?? {};
    this.summary = options.summary ?? {};
  }
}

/** Answered with less than 500: nothing here is broken. */
export function isCallersFault(error: unknown): boolean {
  return error instanceof HttpError && error.statusCode < 500;
}

/** 503 with Retry-After: nothing is lost by asking again. */
export function unavailable(
  reason: string,
  options: { retryAfterSeconds?: number; message?: string; summary?: Partial<SummaryFields> } = {},
) {
  const {
    retryAfterSeconds = 2,
    message = 'Something is busy right now. Please try again in a moment.',
    summary = {},
  } = options;
  return new HttpError(503, 'TRY_AGAIN', message, { reason, retryAfterSeconds, summary });
}

/** 400 naming the fields at fault. */
export function invalidRequest(fields: { field: string; message: string }[]) {
  const names = fields.map((each) => `${each.field} ${each.message}`).join('; ');
  return new HttpError(400, 'INVALID_REQUEST', `Please check your request: ${names}`, {
    reason: `invalid: ${fields.map((each) => each.field).join(', ')}`,
    extra: { fields },
  });
}
