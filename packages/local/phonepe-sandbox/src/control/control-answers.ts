import type * as z from 'zod';

const errors = {
  unknownOrder: [404, 'UNKNOWN_ORDER', 'There is no order with this merchantOrderId.'],
  unknownRefund: [404, 'UNKNOWN_REFUND', 'There is no refund with this merchantRefundId.'],
  unknownRoute: [404, 'UNKNOWN_ROUTE', 'There is no such control call.'],
  alreadyFinished: [
    409,
    'ALREADY_FINISHED',
    'This has already ended; only a failed order can still be paid.',
  ],
} as const;

export function controlError(kind: keyof typeof errors): Response {
  const [status, code, message] = errors[kind];
  return Response.json({ success: false, message, error: { code, message } }, { status });
}

/** 400 with the name of the first field that is wrong. */
export function invalidField(error: z.ZodError): Response {
  const [issue] = error.issues;
  const field = fieldOf(issue);
  const message = `${field}: ${issue?.message ?? 'invalid'}`;
  const body = { success: false, message, error: { code: 'INVALID_REQUEST', message, field } };
  return Response.json(body, { status: 400 });
}

function fieldOf(issue: z.core.$ZodIssue | undefined): string {
  if (issue?.code === 'unrecognized_keys') return issue.keys.join(', ');
  return issue?.path.join('.') || 'body';
}
