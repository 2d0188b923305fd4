import * as z from 'zod';
import type { FinishOrder } from '../control/control-schemas.ts';

/** What the page's buttons do, by their form value. */
export const endings = {
  pay: { outcome: 'COMPLETED' },
  decline: { outcome: 'FAILED' },
  cancel: { outcome: 'CANCELLED' },
  expire: { outcome: 'EXPIRED' },
  'fail-then-pay': { outcome: 'COMPLETED', secondAttempt: true },
  'pay-lose-webhook': { outcome: 'COMPLETED', webhook: 'lose' },
  'pay-duplicate-webhook': { outcome: 'COMPLETED', webhook: 'duplicate' },
} as const satisfies Record<string, FinishOrder>;

export type PageAction = keyof typeof endings;

export const pageFormSchema = z.object({
  action: z.enum([
    'pay',
    'decline',
    'cancel',
    'expire',
    'fail-then-pay',
    'pay-lose-webhook',
    'pay-duplicate-webhook',
  ] satisfies PageAction[]),
  mode: z.enum(['UPI', 'CARD', 'NET_BANKING']).default('UPI'),
});
