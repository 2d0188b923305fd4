import {
  merchantOrderIdSchema,
  transactionIdSchema,
  userIdSchema,
} from '@cloudnestle/contracts/ids';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createMerchantOrderId, toTransactionId } from './order-ids.ts';

it('spells an order id as the mission does', () => {
  const id = createMerchantOrderId('uuid-123', new Date('2024-11-23T10:00:00Z'), () => 0);
  expect(id).toBe('MP-uuid-123-1732356000-aaaaaa');
});

it('makes an id that the gateway takes, for every user id we take', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Za-z0-9_-]{1,42}$/), fc.nat(35), (userId, digit) => {
      expect(userIdSchema.safeParse(userId).success).toBe(true);
      const id = createMerchantOrderId(userId, new Date('2099-01-01T00:00:00Z'), () => digit);
      expect(merchantOrderIdSchema.safeParse(id).success).toBe(true);
      expect(transactionIdSchema.safeParse(toTransactionId(id)).success).toBe(true);
    }),
  );
});

it('refuses a user id that would not fit', () => {
  expect(userIdSchema.safeParse('a'.repeat(43)).success).toBe(false);
  expect(userIdSchema.safeParse('a b').success).toBe(false);
  expect(userIdSchema.safeParse('').success).toBe(false);
});
