import type { ErrorCode } from '@cloudnestle/contracts/http/error';
import type { AnswerName, RequestName } from './schemas.ts';

/** `POST /payments/callback`: a method and a path of the topology. */
export type RouteKey = `${'GET' | 'POST'} ${string}`;

/** What is said of one call besides what topology and contracts say. */
export interface OperationDoc {
  route: RouteKey;
  operationId: string;
  tag: TagName;
  summary: string;
  /** Markdown. */
  description: string;
  parameters?: readonly ParameterDoc[];
  body?: BodyDoc;
  /** Every answer that is no error body. */
  answers: readonly AnswerDoc[];
  /** Every error of this call; those of every call come on top. */
  errors: readonly ErrorDoc[];
  /**
   * Names of security schemes, each entry enough by itself; several in one are wanted together. Routes for admins have
   * theirs from the topology.
   */
  security?: readonly (readonly string[])[];
}

type TagName = 'Buyers' | 'Search' | 'Payment gateway' | 'Admins' | 'Operators';

export interface ParameterDoc {
  name: string;
  in: 'path' | 'query' | 'header';
  schema: 'TransactionId' | 'MerchantOrderId' | 'text';
  required?: boolean;
  description?: string;
  example?: string;
}

export interface BodyDoc {
  /** Also as an HTML form's post. */
  asForm?: boolean;
  required?: boolean;
  /** By the words for each. */
  examples: Readonly<Record<string, { schema: RequestName; value: unknown }>>;
}

export interface AnswerDoc {
  status: number;
  description: string;
  schema?: AnswerName;
  /** The media type, where the answer is a file. */
  file?: string;
  headers?: readonly ('Retry-After' | 'Location')[];
  /** By the words for each. */
  examples?: Readonly<Record<string, unknown>>;
}

export interface ErrorDoc {
  status: number;
  code: ErrorCode;
  /** When, in this call. */
  when: string;
  retryAfterSeconds?: number;
  /** What the body carries besides code and words. */
  extra?: Readonly<Record<string, unknown>>;
  /** The fields at fault, of a 400. */
  fields?: readonly { field: string; message: string }[];
  /** The words of this case, where they are not the code's first. */
  message?: string;
}

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
  { status: 500, code: 'INTERNAL_ERROR', when: 'A bug of ours, or a record that cannot be read.' },
  {
    status: 503,
    code: 'TRY_AGAIN',
    when: 'Something that the call needs is busy or down; nothing is lost by asking again.',
    retryAfterSeconds: 2,
  },
];
