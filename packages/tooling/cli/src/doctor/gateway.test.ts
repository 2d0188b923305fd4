import type { OrderStatusAnswer } from '@cloudnestle/payments/gateway';
import { describe, expect, it } from 'vitest';
import { judgeAnswer, judgeMerchants, judgeWebhookAnswer } from './gateway.ts';

describe('what the gateway and the webhook answer', () => {
  it.each([
    [{ kind: 'notFound' }, 'ok', 'takes our credentials'],
    [{ kind: 'refused', code: 'FORBIDDEN', httpStatus: 403 }, 'wrong', '403 FORBIDDEN'],
    [{ kind: 'unreachable', reason: 'no token: 401 UNAUTHORIZED' }, 'wrong', 'no token: 401'],
  ] as const)('the gateway’s answer %j is %s', (answer, result, words) => {
    const verdict = judgeAnswer(answer);
    expect(verdict.result).toBe(result);
    expect(verdict.words[0]).toContain(words);
  });

  it.each([
    [401, 'UNAUTHENTICATED', 'ok', 'refuses strangers'],
    [503, 'NOT_CONFIGURED', 'wrong', 'is off (503)'],
    [503, 'TRY_AGAIN', 'wrong', 'answers 503 TRY_AGAIN to a stranger; should answer 401'],
    [200, undefined, 'wrong', 'takes a webhook from a stranger (200)'],
    [404, undefined, 'wrong', 'answers 404 to a stranger'],
    [302, undefined, 'wrong', 'answers 302 to a stranger'],
  ] as const)('an endpoint that answers a stranger %s %s is %s', (status, code, result, words) => {
    const verdict = judgeWebhookAnswer(status, code);
    expect(verdict.result).toBe(result);
    expect(verdict.words[0]).toContain(words);
  });
});

describe('the merchant id', () => {
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
});
