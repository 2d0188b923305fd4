import * as z from 'zod';
import { eventTextSchema } from './text.ts';

const text = eventTextSchema.min(1);

/**
 * How the buyer paid, without any gateway's spelling. Every reference is optional: gateways leave them out
 * (a wallet part has none; a UTR may come only with the order's status, later or never).
 * `gatewayMode` is the gateway's own word, kept for the books.
 */
export const instrumentSchema = z.discriminatedUnion('mode', [
  z.object({
    mode: z.literal('UPI'),
    gatewayMode: text.optional(),
    utr: text.optional(),
    upiTransactionId: text.optional(),
    vpa: text.optional(),
  }),
  z.object({
    mode: z.literal('CARD'),
    gatewayMode: text.optional(),
    cardType: z.enum(['CREDIT', 'DEBIT']).optional(),
    cardNetwork: text.optional(),
    bankId: text.optional(),
    brn: text.optional(),
    arn: text.optional(),
    authorizationCode: text.optional(),
  }),
  z.object({
    mode: z.literal('NET_BANKING'),
    gatewayMode: text.optional(),
    bankId: text.optional(),
    bankTransactionId: text.optional(),
    brn: text.optional(),
    arn: text.optional(),
  }),
  z.object({ mode: z.literal('WALLET'), gatewayMode: text.optional() }),
  z.object({ mode: z.literal('OTHER'), gatewayMode: text.optional(), utr: text.optional() }),
]);
export type Instrument = z.infer<typeof instrumentSchema>;
