/** Why a call gave nothing, by what can be done about it. */
export type TroubleKind =
  /** The network did not carry it; nothing is known of what the server did. */
  | 'offline'
  /** No answer in time; the same. */
  | 'timeout'
  | 'signedOut'
  /** The operator's group does not allow it. */
  | 'forbidden'
  | 'notFound'
  /** What was sent does not fit; `fields` say where. */
  | 'badInput'
  /** It does not go now: another operator is at it, or the state has changed. */
  | 'conflict'
  /** Try later. */
  | 'later'
  | 'server';

export interface FieldTrouble {
  field: string;
  message: string;
}

/** What every call of the API rejects with. */
export class ApiTrouble extends Error {
  readonly kind: TroubleKind;
  readonly code: string | undefined;
  readonly requestId: string | undefined;
  readonly fields: readonly FieldTrouble[];

  constructor(
    kind: TroubleKind,
    message: string,
    more: {
      code?: string | undefined;
      requestId?: string | undefined;
      fields?: readonly FieldTrouble[] | undefined;
    } = {},
  ) {
    super(message);
    this.kind = kind;
    this.code = more.code;
    this.requestId = more.requestId;
    this.fields = more.fields ?? [];
  }
}

interface ErrorAnswer {
  message?: string;
  requestId?: string;
  error?: { code?: string; message?: string; fields?: FieldTrouble[] };
}

/** Reads an answer that is no success. API Gateway's own refusals have a `message` alone. */
export function readTrouble(status: number, body: unknown): ApiTrouble {
  const answer: ErrorAnswer = typeof body === 'object' && body !== null ? body : {};
  const message = answer.error?.message ?? answer.message ?? `The server answered ${status}.`;
  return new ApiTrouble(kindOf(status), message, {
    code: answer.error?.code,
    requestId: answer.requestId,
    fields: answer.error?.fields,
  });
}

function kindOf(status: number): TroubleKind {
  if (status === 401) return 'signedOut';
  if (status === 403) return 'forbidden';
  if (status === 404) return 'notFound';
  if (status === 409) return 'conflict';
  if (status === 429 || status === 503) return 'later';
  if (status >= 400 && status < 500) return 'badInput';
  return 'server';
}

/** What an operator reads first. */
export const troubleTitles: Readonly<Record<TroubleKind, string>> = {
  offline: 'The network is not there',
  timeout: 'No answer in time',
  signedOut: 'You are signed out',
  forbidden: 'Your group does not allow this',
  notFound: 'There is no such thing',
  badInput: 'This does not fit',
  conflict: 'Not now',
  later: 'Busy at the moment',
  server: 'The server failed',
};

export function toTrouble(error: unknown): ApiTrouble {
  if (error instanceof ApiTrouble) return error;
  return new ApiTrouble('server', error instanceof Error ? error.message : String(error));
}
