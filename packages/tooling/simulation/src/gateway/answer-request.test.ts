import type { HttpAnswer } from '@cloudnestle/payments/gateway-tools';
import { createEngine } from '@cloudnestle/phonepe-sandbox/create-engine';
import type { RefundRuleChanges } from '@cloudnestle/phonepe-sandbox/refunds/refund-rules';
import { expect, it, onTestFinished } from 'vitest';
import { createChance } from '../chance/create-chance.ts';
import type { FaultKind } from '../faults/fault-kinds.ts';
import { answerRequest } from './answer-request.ts';
import { gatewayCredentials, webhookAuth } from './credentials.ts';
import { createDrawRefundRules } from './draw-refund-rules.ts';

/** The gateway's engine with one paid order, `MO-1`, and what is made of each refund. */
function createPaidEngine(drawRefundRules: () => RefundRuleChanges) {
  let nowMs = Date.UTC(2026, 10, 28, 6);
  const engine = createEngine({
    publicUrl: () => 'https://gateway.example',
    credentials: gatewayCredentials,
    webhook: { url: () => undefined, auth: webhookAuth },
    now: () => new Date(nowMs),
    refundDelayMs: 1_000,
    tokenLifetimeSeconds: 1e6,
  });
  onTestFinished(engine.timers.stop);
  const authorization = `O-Bearer ${engine.tokens.issue().access_token}`;
  const call = (method: 'GET' | 'POST', path: string, body?: object): [number, unknown] => {
    const url = `https://gateway.example/apis/pg${path}`;
    const headers = { authorization, 'content-type': 'application/json' };
    const request = { method, url, headers, connection: 'fresh' as const };
    const said: HttpAnswer = answerRequest(
      engine,
      { ...request, ...(body && { body: JSON.stringify(body) }) },
      { onPlaced: () => undefined, onRefundTaken: () => undefined, drawRefundRules },
    );
    if (said.kind !== 'answered') throw new Error(said.reason);
    return [said.status, JSON.parse(said.body)];
  };
  call('POST', '/checkout/v2/pay', {
    merchantOrderId: 'MO-1',
    amount: 29_900,
    paymentFlow: { type: 'PG_CHECKOUT', merchantUrls: { redirectUrl: 'https://shop.example/' } },
  });
  engine.finish('MO-1', { outcome: 'COMPLETED', mode: 'CARD' });
  return {
    engine,
    pass: (ms: number) => {
      nowMs += ms;
    },
    refund: (merchantRefundId: string, amount: number) =>
      call('POST', '/payments/v2/refund', {
        merchantRefundId,
        originalMerchantOrderId: 'MO-1',
        amount,
      }),
    state: (merchantRefundId: string) =>
      Object(call('GET', `/payments/v2/refund/${merchantRefundId}/status`)[1]).state,
  };
}

it('a refund is taken, refused, failed and slow by the sandbox’s own rules, one call at a time', () => {
  const draws: RefundRuleChanges[] = [
    { balance: 0, lowBalance: 'refused' },
    { balance: 0, lowBalance: 'fails' },
    { cardDays: 1 },
  ];
  const gateway = createPaidEngine(() => draws.shift() ?? {});
  const rules = gateway.engine.refunds.rules();
  expect(gateway.refund('R-1', 100)).toMatchObject([400, { detailedErrorCode: 'BF_034' }]);
  expect(gateway.engine.refunds.get('R-1')).toBeUndefined();
  expect(gateway.refund('R-2', 100)).toMatchObject([200, { state: 'PENDING' }]);
  gateway.pass(1_000);
  expect(gateway.state('R-2')).toBe('FAILED');
  expect(gateway.refund('R-3', 100)).toMatchObject([200, { amount: 100 }]);
  gateway.pass(1_000);
  expect(gateway.state('R-3')).toBe('CONFIRMED');
  expect(gateway.refund('R-4', 100)).toMatchObject([400, { code: 'PREVIOUS_ORDER_IN_PROGRESS' }]);
  gateway.pass(86_400_000);
  expect(gateway.state('R-3')).toBe('COMPLETED');
  expect(gateway.refund('R-4', 29_801)).toMatchObject([400, { code: 'EXCESS_REFUND_AMOUNT' }]);
  expect(gateway.refund('R-4', 29_800)).toMatchObject([200, {}]);
  gateway.pass(1_000);
  expect(gateway.state('R-4')).toBe('COMPLETED');
  expect(gateway.engine.refunds.rules()).toEqual(rules);
});

it('in an episode a repeated refund is always answered in the same way, and each fault is met', () => {
  const ways = new Set<unknown>();
  const met = new Set<FaultKind>();
  for (let seed = 1; seed <= 20; seed += 1) {
    const chance = createChance(seed);
    const happens = (kind: FaultKind) => {
      const isHit = chance.isHit(0.3);
      if (isHit) met.add(kind);
      return isHit;
    };
    const faults = { happens, ofCall: () => undefined, note: () => undefined };
    const draw = createDrawRefundRules({ faults, chance });
    const answers = new Set(Array.from({ length: 10 }, () => draw().repeatedId));
    expect(answers.size).toBe(1);
    for (const answer of answers) ways.add(answer);
  }
  expect(ways.size).toBe(3);
  expect([...met].toSorted()).toEqual(['refundFails', 'refundRefused', 'refundSlow']);
});
