import type { Break } from './apply-break.ts';
import { checkoutBreaks } from './checkout.ts';
import { gatewayBreaks } from './gateway.ts';
import { invoiceBreaks } from './invoices.ts';
import { passBreaks } from './passes.ts';
import { refundBreaks } from './refunds.ts';
import { subscriberBreaks } from './subscribers.ts';

/** Every deliberate fault that a simulation must find. */
export const allBreaks: readonly Break[] = [
  ...checkoutBreaks,
  ...gatewayBreaks,
  ...subscriberBreaks,
  ...passBreaks,
  ...refundBreaks,
  ...invoiceBreaks,
];
