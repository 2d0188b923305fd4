import { afterAll, beforeAll, expect, it } from 'vitest';
import { loseMail } from './testing/damage.ts';
import { type Purchase, type Scene, startScene } from './testing/scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene?.stop());

const resend = (id: string, ...args: string[]) => scene.payment(id, '--resend-mail', ...args);

async function subjects({ buyer }: Purchase): Promise<string[]> {
  const emails = (await scene.run.cloud?.inbox.emails()) ?? [];
  return emails
    .filter(({ destination }) => destination.to.includes(buyer.email))
    .map(({ subject }) => subject);
}

/** SES takes the mail, and its answer is lost. */
async function buyWithUnknownMail(outcome: 'COMPLETED' | 'FAILED'): Promise<Purchase> {
  const purchase = await scene.open();
  await loseMail(scene, () => scene.end(purchase.order, { outcome }));
  return purchase;
}

it.each([
  ['welcome', 'COMPLETED', /Welcome/],
  ['failed', 'FAILED', /Failed/],
] as const)('has a %s mail sent again, once', async (kind, outcome, subject) => {
  const purchase = await buyWithUnknownMail(outcome);
  const { transactionId } = purchase.order;
  const count = async () => (await subjects(purchase)).filter((each) => subject.test(each)).length;
  expect(await count()).toBe(1);
  const { exitCode, stdout, stderr } = await resend(transactionId, '--yes');
  expect(exitCode).toBe(0);
  expect(stdout).toContain('was released, and its event published again.');
  expect(stderr).toContain('it may arrive twice');
  expect(JSON.parse(stderr.trim().split('\n').at(-1) ?? '')).toMatchObject({
    action: 'payment resend-mail',
    target: { transactionId, mails: kind },
    counts: { released: 1, published: 1 },
  });
  await scene.run.idle();
  expect(await count()).toBe(2);
  expect(await scene.notes(transactionId)).toMatchObject({ [kind]: { state: 'sent' } });

  const again = await resend(transactionId, '--yes');
  expect(again).toMatchObject({ exitCode: 1, stdout: '' });
  expect(again.stderr).toBe('No mail of this order is unknown. Nothing was changed.\n');
  await scene.run.idle();
  expect(await count()).toBe(2);
});

it('has the mail about an open page sent again, and not once it is closed', async () => {
  const purchase: Partial<Purchase> = {};
  await loseMail(scene, async () => Object.assign(purchase, await scene.open()));
  const { order, buyer } = purchase;
  if (!order || !buyer) throw new Error('no order was opened');
  expect((await resend(order.transactionId, '--yes')).exitCode).toBe(0);
  await scene.run.idle();
  expect(await subjects({ order, buyer })).toHaveLength(2);

  const notes = await scene.notes(order.transactionId);
  const unknown = { state: 'unknown', since: '2026-01-01T00:00:00.000Z', why: 'timeout' };
  await scene.end(order, { outcome: 'COMPLETED' });
  const closed = { ...(await scene.notes(order.transactionId)), ...notes, initiated: unknown };
  await scene.marketplace.put('notifications', closed);
  const late = await resend(order.transactionId, '--yes');
  expect(late).toMatchObject({ exitCode: 1, stdout: '' });
  expect(late.stderr).toContain('is not to be sent now: the outcome is known');
  expect(await scene.notes(order.transactionId)).toEqual(closed);
});

it('asks first, and changes nothing where no operator says yes', async () => {
  const { order } = await buyWithUnknownMail('COMPLETED');
  const before = await scene.notes(order.transactionId);
  const { exitCode, stdout, stderr } = await resend(order.transactionId);
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  expect(stderr).toContain('SES may have taken it before: it may arrive twice.');
  expect(stderr).toContain('add --yes. Nothing was changed.');
  expect(await scene.notes(order.transactionId)).toEqual(before);
});

it('sends nothing while PhonePe cannot be asked', async () => {
  const { order } = await buyWithUnknownMail('COMPLETED');
  const before = await scene.notes(order.transactionId);
  scene.run.sandbox.faults.set([{ operation: 'status', kind: 'status', status: 503, count: null }]);
  const answer = await resend(order.transactionId, '--yes');
  scene.run.sandbox.faults.clear();
  expect(answer).toMatchObject({ exitCode: 1, stdout: '' });
  expect(answer.stderr).toContain('PhonePe could not be asked');
  expect(await scene.notes(order.transactionId)).toEqual(before);
});

it('says that the mail is free where its event could not be published, and --repair sends it', async () => {
  const purchase = await buyWithUnknownMail('COMPLETED');
  const { transactionId } = purchase.order;
  scene.run.cloud?.intercept(({ service }) =>
    service === 'events'
      ? { when: 'before', status: 500, errorType: 'InternalFailure' }
      : undefined,
  );
  const failed = await resend(transactionId, '--yes');
  scene.run.cloud?.intercept(undefined);
  expect(failed.exitCode).toBe(1);
  expect(failed.stdout.replaceAll(/\s+/g, ' ')).toContain(
    'is free now, and could not be published',
  );
  expect(await scene.notes(transactionId)).not.toHaveProperty('welcome');
  expect((await scene.payment(transactionId, '--repair')).exitCode).toBe(0);
  await scene.run.idle();
  expect(await scene.marketplace.welcomeMails(purchase.buyer)).toBe(2);
});

it('leads from a claim of a run that died over --repair to the mail', async () => {
  const purchase = await scene.buy();
  const { transactionId } = purchase.order;
  const claimedAt = new Date(Date.now() - 3_600_000).toISOString();
  const welcome = { state: 'sending', claimId: 'c-1', claimedAt };
  await scene.marketplace.put('notifications', { ...(await scene.notes(transactionId)), welcome });
  const early = await resend(transactionId, '--yes');
  expect(early).toMatchObject({ exitCode: 1, stdout: '' });
  expect(early.stderr).toContain(`./payments payment ${transactionId} --repair`);

  const noted = await scene.payment(transactionId, '--repair');
  expect(noted.exitCode).toBe(1);
  expect(noted.stdout).toContain(`./payments payment ${transactionId} --resend-mail`);
  expect(await scene.notes(transactionId)).toMatchObject({ welcome: { state: 'unknown' } });
  expect(await scene.marketplace.welcomeMails(purchase.buyer)).toBe(1);

  expect((await resend(transactionId, '--yes')).exitCode).toBe(0);
  expect(await scene.marketplace.welcomeMails(purchase.buyer)).toBe(2);
});
