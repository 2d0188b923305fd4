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

export type TagName = 'Buyers' | 'Search' | 'Payment gateway' | 'Admins';

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
