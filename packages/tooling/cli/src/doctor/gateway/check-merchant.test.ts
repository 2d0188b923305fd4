import type { OrderStatusAnswer } from '@cloudnestle/payments/gateway';
import { expect, it } from 'vitest';
import { judgeMerchants } from './check-merchant.ts';

const found = (merchantId?: string): OrderStatusAnswer => ({
  kind: 'found',
  state: 'PENDING',
  gatewayState: 'PENDING',
  amountInPaisa: 29_900,
  isOurs: true,
  attempts: [],
  ...(merchantId === undefined ? {} : { merchantId }),
});

it.each([
  ['no order', [], 'not checked', 'no order of the last 7 days'],
  ['no answer', [{ kind: 'unreachable', reason: 'down' }], 'not checked', 'names no merchant'],
  ['no name', [found(), { kind: 'notFound' }], 'not checked', 'names no merchant'],
  ['the same', [found('OURS'), found('OURS')], 'ok', 'is the one'],
  ['the same since lately', [found('OURS'), found('EARLIER')], 'ok', 'is the one'],
  ['another', [{ kind: 'notFound' }, found('THEIRS')], 'wrong', '(THEIRS): put that into'],
  ['another since lately', [found('THEIRS'), found('OURS')], 'wrong', '(THEIRS)'],
] as const)('where the gateway names %s it is so judged', (_what, answers, result, words) => {
  const verdict = judgeMerchants('OURS', answers);
  expect(verdict.result).toBe(result);
  expect(verdict.words.join(' ')).toContain(words);
  expect(verdict.words.join(' ')).not.toContain('OURS');
});
