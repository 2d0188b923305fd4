import {
  paymentLettersResponseSchema,
  paymentResponseSchema,
} from '@cloudnestle/contracts/admin/payment';
import { postJson } from '@cloudnestle/dev/testing/buyer';
import { maskText } from '@cloudnestle/operations/words/mask';
import { sampleCompleted } from '@cloudnestle/test-kit/samples';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod';
import { createMailroom, exhausted, type Mailroom, toBody } from '../testing/dead-letters.ts';
import { recordKey } from './testing/damage.ts';
import { type Purchase, type Scene, startScene } from './testing/scene.ts';

let scene: Scene;
let mailroom: Mailroom;
let token: string;

beforeAll(async () => {
  scene = await startScene();
  mailroom = createMailroom(scene.run);
  const signed = await postJson(`${scene.run.url}/local-issuer/token`, { groups: ['look'] });
  token = z.object({ token: z.string() }).parse(await signed.json()).token;
});
afterAll(async () => {
  mailroom?.stop();
  await scene?.stop();
});

/** What may be wrong about an order; each takes something away that a subscriber or a gateway brought. */
const damages = {
  'the tier is gone': ({ buyer }: Purchase) => scene.marketplace.damage.user(buyer),
  'the record by user id is gone': ({ buyer }: Purchase) =>
    scene.marketplace.damage.record(buyer.userId),
  'the record by email was never there': ({ buyer }: Purchase) =>
    scene.remove('entitlements', recordKey(buyer.email)),
  'our books forgot the outcome': ({ order }: Purchase) =>
    scene.marketplace.damage.transaction(order.transactionId),
  'the user is gone': ({ buyer }: Purchase) => scene.remove('users', { userId: buyer.userId }),
  'nothing is known of its mails': ({ order }: Purchase) =>
    scene.remove('notifications', { notificationKey: `order#${order.transactionId}` }),
  'access was taken back': async ({ order }: Purchase) => {
    const row = await scene.row(order.transactionId);
    await scene.marketplace.put('transactions', {
      ...row,
      accessRevokedAt: '2026-01-01T00:00:00.000Z',
    });
  },
  'it needs an operator': async ({ order }: Purchase) => {
    const row = await scene.row(order.transactionId);
    const since = '2026-01-01T00:00:00.000Z';
    await scene.marketplace.put('transactions', {
      ...row,
      attention: { DISPUTE: { since } },
      attentionShard: 'ATTENTION#0',
      attentionSince: since,
      attentionVersion: 1,
    });
  },
  'a dead letter of it lies there': async ({ order }: Purchase) => {
    const { deadLetterUrl = '' } = scene.run.provisioned.queues.tiers ?? {};
    const { detailType, detail } = sampleCompleted();
    const { transactionId } = order;
    const ofOrder = {
      metadata: { ...detail.metadata, correlationId: transactionId },
      data: { ...detail.data, transactionId },
    };
    await mailroom.put(deadLetterUrl, [
      {
        body: toBody({ detailType, detail: ofOrder }),
        attributes: exhausted('users table throttled'),
      },
    ]);
  },
} satisfies Record<string, (purchase: Purchase) => Promise<unknown>>;
type Damage = keyof typeof damages;
const names = Object.keys(damages).filter((name): name is Damage => name in damages);

async function ask(method: 'GET' | 'POST', path: string): Promise<unknown> {
  const answer = await fetch(`${scene.run.url}/payments/admin/payments/${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
  });
  expect(answer.status).toBe(200);
  return answer.json();
}

const spoken = z.object({
  verdict: z.object({
    kind: z.string(),
    isCertain: z.boolean(),
    findings: z.array(z.string()),
    command: z.string().optional(),
  }),
});

it('command line and console say the same of an order, whatever has become of it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.subarray(names, { maxLength: 4 }),
      fc.constantFrom('COMPLETED' as const, 'FAILED' as const),
      async (chosen, outcome) => {
        const purchase = await scene.buy({ outcome });
        for (const name of chosen) await damages[name](purchase);
        const { transactionId } = purchase.order;
        const { stdout } = await scene.payment(transactionId, '--json');
        const { verdict } = spoken.parse(JSON.parse(stdout));
        const letters = paymentLettersResponseSchema.parse(
          await ask('POST', `${transactionId}/letters`),
        );
        expect(letters.verdict, chosen.join(', ')).toEqual(verdict);
        expect(letters.repair.command).toBe(verdict.command);

        // Without a look at dead letters it is the same, or not certain.
        const seen = paymentResponseSchema.parse(await ask('GET', transactionId));
        const hasLetters = seen.queues.some(
          ({ dead }) => 'waiting' in dead && dead.waiting + dead.inFlight > 0,
        );
        if (hasLetters) expect(seen.verdict.isCertain).toBe(false);
        else expect(seen.verdict).toEqual(verdict);
        expect(JSON.stringify(seen)).toBe(maskText(JSON.stringify(seen)));
        await mailroom.takeAll(scene.run.provisioned.queues.tiers?.deadLetterUrl ?? '');
      },
    ),
    { numRuns: 8 },
  );
});
