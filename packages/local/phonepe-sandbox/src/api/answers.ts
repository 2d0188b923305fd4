import type { UnknownOrderCode } from '../options.ts';

/** PhonePe's error answers. Their shapes differ from each other, as the real ones do. */
export type ApiErrorKind =
  | 'badRequest'
  | 'unauthorized'
  | 'noSuchApi'
  | 'internal'
  | 'unknownRefund';

export function apiError(kind: ApiErrorKind): Response {
  const { status, body } = errors[kind];
  return Response.json(body, { status });
}

export function unknownOrder(code: UnknownOrderCode): Response {
  const status = code === 'ORDER_NOT_FOUND' ? 404 : 400;
  return Response.json(
    { code, message: 'No order was found for this merchantOrderId.' },
    { status },
  );
}

const errors: Record<ApiErrorKind, { status: number; body: object }> = {
  /** Bad input and a used merchantOrderId look the same to the caller. */
  badRequest: {
    status: 400,
    body: { code: 'BAD_REQUEST', message: 'Please check the inputs you have provided.' },
  },
  unauthorized: {
    status: 401,
    body: { success: false, code: '401', message: 'Authorization failed' },
  },
  /** Wrong path, method or content type. */
  noSuchApi: {
    status: 404,
    body: { success: false, code: '404', message: 'Bad Request - Api Mapping Not Found' },
  },
  internal: {
    status: 500,
    body: { code: 'INTERNAL_SERVER_ERROR', message: 'Something went wrong.' },
  },
  /** PhonePe documents no code for this. */
  unknownRefund: {
    status: 400,
    body: {
      code: 'INVALID_MERCHANT_REFUND_ID',
      message: 'No refund was found for this merchantRefundId.',
    },
  },
};
