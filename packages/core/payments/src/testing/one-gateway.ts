import type { Gateways, PaymentGateway } from '../gateway.ts';

/**
 * Gateways of which there is one, whatever a row names: what `answers` says, and `not asked` (a rejection) to every
 * other question.
 */
export function oneGateway(answers: Partial<PaymentGateway> = {}): Gateways {
  const notAsked = () => Promise.reject(new Error('not asked'));
  const gateway: PaymentGateway = {
    name: 'some-gateway',
    createOrder: notAsked,
    orderStatus: notAsked,
    refundLimits: { windowDays: 90, isOneAtATime: true, minimumInPaisa: 100 },
    refund: notAsked,
    refundStatus: notAsked,
    readWebhook: notAsked,
    ...answers,
  };
  return { standard: gateway, all: [gateway], of: () => gateway, atRoute: () => gateway };
}
