import type { Order } from '../orders/order.ts';
import type { Ids } from '../support/create-ids.ts';
import type { PayRequest } from './request-schemas.ts';

export interface BuildOrderPorts {
  ids: Ids;
  now: () => Date;
  /** Address of the hosted pages. */
  checkoutBase: string;
}

/** A new order, PENDING until its time is over. */
export function buildOrder(
  request: PayRequest,
  { ids, now, checkoutBase }: BuildOrderPorts,
): Order {
  const createdAt = now().getTime();
  const expireAt = createdAt + request.expireAfter * 1000;
  const orderId = ids.order();
  const checkoutToken = ids.token({ expiresOn: expireAt, orderId });
  const { message, merchantUrls } = request.paymentFlow;
  return {
    merchantOrderId: request.merchantOrderId,
    orderId,
    state: 'PENDING',
    amountInPaisa: request.amount,
    createdAt,
    expireAt,
    checkoutUrl: `${checkoutBase}/${orderId}?token=${checkoutToken}`,
    checkoutToken,
    redirectUrl: merchantUrls.redirectUrl,
    ...(message !== undefined && { message }),
    ...(request.metaInfo && { metaInfo: request.metaInfo }),
    attempts: [],
  };
}
