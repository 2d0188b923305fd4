import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { completed, kinds, startNotifications } from './testing/setup.ts';

let world: Awaited<ReturnType<typeof startNotifications>>;
beforeAll(async () => {
  world = await startNotifications();
});
afterAll(() => world.stop());

describe.each(kinds)('the %s mail', (kind, build) => {
  test('reaches a buyer whose domain is in Unicode, at the domain in punycode', async () => {
    const scene = world.newScene();
    const order = await scene.order({ userEmail: `${scene.userId}@b\u00FCcher.example` });
    expect(await scene.deliver(build(order))).toBe(0);
    expect(scene.outcomes()).toEqual(['applied']);
    expect(await recipientsOf(order.row.merchantOrderId)).toEqual([
      `${scene.userId}@xn--bcher-kva.example`,
    ]);
  });

  test.each(['ravi\u{1F600}', 'ren\u00E9', '\u0930\u0935\u093F'])(
    'to %s is skipped and says why: SES takes ASCII only before the @',
    async (local) => {
      const scene = world.newScene();
      const order = await scene.order({ userEmail: `${local}@example.com` });
      expect(await scene.deliver(build(order))).toBe(0);
      expect(scene.outcomes()).toEqual(['skipped: address not ASCII before its @']);
      expect((await scene.notes(order))?.[kind]).toMatchObject({
        state: 'skipped',
        why: 'address not ASCII before its @',
      });
      expect(await recipientsOf(order.row.merchantOrderId)).toEqual([]);
    },
  );
});

test('a revoked order’s mail is skipped because of that, whatever the address', async () => {
  const scene = world.newScene();
  const order = await scene.order({
    userEmail: 'ren\u00E9@example.com',
    accessRevokedAt: '2025-11-23T09:04:30.000Z',
  });
  await scene.deliver(completed(order));
  expect(scene.outcomes()).toEqual(['skipped: revoked']);
});

async function recipientsOf(merchantOrderId: string): Promise<string[]> {
  const mails = await world.cloud.inbox.emails();
  return mails
    .filter((mail) => mail.body.text?.includes(merchantOrderId))
    .flatMap((mail) => mail.destination.to);
}
