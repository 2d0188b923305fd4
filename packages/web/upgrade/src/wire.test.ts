import type { ErrorBody, ErrorCode } from '@cloudnestle/contracts/http/error';
import type { PaymentStatusResponse } from '@cloudnestle/contracts/http/payment-status';
import type { PlansResponse } from '@cloudnestle/contracts/http/plans';
import type { UpgradeRequest, UpgradeResponse } from '@cloudnestle/contracts/http/upgrade';
import { expect, it } from 'vitest';
import { english } from './react/words.ts';
import type { ErrorAnswer, PaymentStatus, Plan, UpgradeAnswer, WithoutPlan } from './wire.ts';

/** `T` can be read as `As`: the compiler refuses this file else. */
type ReadableAs<As, T extends As> = T;

/** What the API promises, read as this package reads it. */
export type Promises = [
  ReadableAs<PaymentStatus, PaymentStatusResponse>,
  ReadableAs<UpgradeAnswer, UpgradeResponse>,
  ReadableAs<ErrorAnswer, ErrorBody>,
  ReadableAs<Plan, PlansResponse['plans'][number]>,
  ReadableAs<WithoutPlan, PlansResponse['withoutPlan']>,
  // What is sent has the names that the API reads.
  ReadableAs<keyof UpgradeRequest | 'billing', 'userId' | 'userEmail' | 'tier' | 'planId'>,
];

it('every refusal with words of its own has a code that the API answers', () => {
  const codes = [
    'FORBIDDEN',
    'USER_NOT_FOUND',
    'NOT_ON_SALE',
    'GATEWAY_REFUSED',
    'GATEWAY_UNAVAILABLE',
    'TRY_AGAIN',
  ] satisfies ErrorCode[];
  expect(Object.keys(english.refused).toSorted()).toEqual(codes.toSorted());
});
