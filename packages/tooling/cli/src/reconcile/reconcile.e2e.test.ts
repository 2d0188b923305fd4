import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import type { LocalRun } from '@cloudnestle/dev/start';
import { finish, type Order, upgrade } from '@cloudnestle/dev/testing/buyer';
import { startTestRun } from '@cloudnestle/dev/testing/start-test-run';
import {
  type Buyer,
  createTestMarketplace,
  everythingDone,
  type TestMarketplace,
} from '@cloudnestle/dev/testing/test-marketplace';
import { raiseAttention, readAttention } from '@cloudnestle/payments/attention/attention';
import { istDay } from '@cloudnestle/payments/ist';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runPayments } from '../testing/run-payments.ts';

let run: LocalRun;
let marketplace: TestMarketplace;

beforeAll(async () => {
  run = await startTestRun({ demoData: false });
  marketplace = createTestMarketplace(run);
});
beforeEach(() => {
  run.sandbox.faults.clear();
});
afterAll(async () => {
  marketplace?.stop();
  await run?.stop();
});

const reconcile = (...args: string[]) => runPayments(run, ['reconcile', ...args]);
const today = istDay(new Date());
const WHO = 'account 000000000000  region us-east-1  stage local  caller root';

async function buy(how: { outcome: string; webhook: 'send' | 'lose' }) {
  const buyer = await marketplace.addBuyer();
  const order = await upgrade(run, buyer);
  await finish(run, order, { mode: 'UPI', ...how });
  await run.idle();
  return { buyer, order };
}
const payUnheard = () => buy({ outcome: 'COMPLETED', webhook: 'lose' });

async function expectPro({ buyer, order }: { buyer: Buyer; order: Order }): Promise<void> {
  await run.idle();
  expect(await marketplace.effectsOn(buyer, order.transactionId)).toEqual(everythingDone);
  expect(await marketplace.welcomeMails(buyer)).toBe(1);
}

describe('one order', () => {
  it.each(['transactionId', 'merchantOrderId'] as const)(
    'named by its %s, it is settled from what the gateway says',
    async (name) => {
      const purchase = await payUnheard();
      const { exitCode, stdout, stderr } = await reconcile(purchase.order[name], '--json');
      expect(exitCode, stderr).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({
        transactionId: purchase.order.transactionId,
        marketplace: { status: 'PENDING' },
        gateway: { status: 'COMPLETED' },
        published: { detailType: 'PaymentCompleted' },
      });
      await expectPro(purchase);
    },
  );

  it('is said to be as it should be once it is, and nothing is published again', async () => {
    const { order } = await buy({ outcome: 'COMPLETED', webhook: 'send' });
    const { exitCode, stdout } = await reconcile(order.transactionId);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/published +│ nothing/);
    expect(stdout).toMatch(/user held, record by user id held, by email held/);
  });

  it('that is unknown ends with words and status 1', async () => {
    const unknown = await reconcile('txn_MP-unknown-1732356000-abc123');
    expect(unknown).toMatchObject({ exitCode: 1, stdout: '' });
    expect(unknown.stderr).toContain('There is no order txn_MP-unknown-1732356000-abc123');
  });

  it('is left alone, with status 1, while the gateway cannot be asked', async () => {
    const { order, buyer } = await payUnheard();
    run.sandbox.faults.set([{ operation: 'status', kind: 'status', status: 503, count: null }]);
    const answer = await reconcile(order.transactionId);
    expect(answer).toMatchObject({ exitCode: 1, stdout: '' });
    expect(answer.stderr).toContain('Nothing was changed');
    expect((await marketplace.effectsOn(buyer, order.transactionId)).status).toBe('PENDING');
  });
});

describe('a sweep', () => {
  it('settles every open order, due or not, and says how many', async () => {
    await reconcile();
    const purchases = await Promise.all([payUnheard(), payUnheard()]);
    const declined = await buy({ outcome: 'FAILED', webhook: 'lose' });
    const { exitCode, stdout, stderr } = await reconcile('--json');
    expect(exitCode, stderr).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ settled: 2, failed: 1, errors: 0, outcome: 'done' });
    for (const purchase of purchases) await expectPro(purchase);
    const { status } = await marketplace.effectsOn(declined.buyer, declined.order.transactionId);
    expect(status).toBe('FAILED');
  });

  it('that could not ask the gateway ends with status 1 and says so', async () => {
    await payUnheard();
    run.sandbox.faults.set([{ operation: 'status', kind: 'status', status: 503, count: null }]);
    const { exitCode, stdout } = await reconcile();
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/errors +│ [1-9]/);
  });
});

describe('a range of days', () => {
  it('finds damage that came after an order was verified, and --repair repairs and reports it', async () => {
    const [user, record, row, sound] = await Promise.all([
      buy({ outcome: 'COMPLETED', webhook: 'send' }),
      buy({ outcome: 'COMPLETED', webhook: 'send' }),
      buy({ outcome: 'COMPLETED', webhook: 'send' }),
      buy({ outcome: 'COMPLETED', webhook: 'send' }),
    ]);
    // Sees all effects: no sweep looks at these orders any more.
    await reconcile();
    const verified = await marketplace.get('transactions', {
      transactionId: row.order.transactionId,
    });
    expect(verified).not.toHaveProperty('openShard');
    await marketplace.damage.user(user.buyer);
    await marketplace.damage.record(record.buyer.userId);
    await marketplace.damage.transaction(row.order.transactionId);
    await reconcile();
    const damaged = [user, record, row];

    const looked = await reconcile('--from', today);
    expect(looked.exitCode).toBe(1);
    for (const { order } of damaged) expect(looked.stdout).toContain(order.transactionId);
    expect(looked.stdout).not.toContain(sound.order.transactionId);
    expect(looked.stdout).toContain('Nothing was published');

    const repaired = await reconcile('--from', today, '--to', today, '--repair', '--json');
    expect(repaired.exitCode).toBe(0);
    expect(publishedIn(repaired.stdout)).toEqual(
      damaged.map(({ order }) => `${order.transactionId} PaymentCompleted`).toSorted(),
    );
    for (const purchase of damaged) await expectPro(purchase);
    const again = await reconcile('--from', today);
    expect(again.exitCode).toBe(0);
    expect(again.stdout).toContain('Everything agrees with the gateway.');
  });

  it('is printed as CSV with every order of the range', async () => {
    const { order, buyer } = await buy({ outcome: 'COMPLETED', webhook: 'send' });
    const { exitCode, stdout, stderr } = await reconcile('--from', today, '--report', 'csv');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: `${WHO}\n` });
    const [titles = '', ...lines] = stdout.trimEnd().split('\n');
    const cells = lines.find((line) => line.startsWith(`${order.transactionId},`))?.split(',');
    const row = Object.fromEntries(titles.split(',').map((title, at) => [title, cells?.[at]]));
    expect(row).toMatchObject({
      user_id: buyer.userId,
      amount_in_paisa: '29900',
      status: 'COMPLETED',
      gateway_status: 'COMPLETED',
      utr: expect.stringMatching(/^\*\*\*\d{4}$/),
    });
    expect(stdout).not.toContain(buyer.email);
    const revealed = await reconcile('--from', today, '--report', 'csv', '--reveal');
    expect(revealed.stdout).toMatch(new RegExp(`${order.transactionId},.*,\\d{12},`));
  });

  it('says which orders it could not look at, and repairs the others', async () => {
    const [sick, sound] = await Promise.all([payUnheard(), payUnheard()]);
    run.cloud?.intercept(({ service, operation, body }) =>
      service === 'dynamodb' &&
      operation === 'GetItem' &&
      JSON.stringify(body).includes(sick.order.transactionId)
        ? { when: 'before', status: 400, errorType: 'AccessDeniedException' }
        : undefined,
    );
    const { exitCode, stdout } = await reconcile('--from', today, '--repair', '--json');
    run.cloud?.intercept(undefined);
    expect(exitCode).toBe(1);
    expect(publishedIn(stdout)).toContain(`${sound.order.transactionId} PaymentCompleted`);
    const { lines } = JSON.parse(stdout);
    expect(lines).toContainEqual(
      expect.objectContaining({
        transactionId: sick.order.transactionId,
        problem: expect.stringContaining('AccessDenied'),
        isLeftToDo: true,
      }),
    );
    await reconcile('--from', today, '--repair');
    await expectPro(sick);
  });

  it('lists what needs an operator, and --repair ends what does not any more and says so', async () => {
    const { order } = await buy({ outcome: 'COMPLETED', webhook: 'send' });
    const { transactionId } = order;
    for (const reason of ['MISMATCH', 'DISPUTE'] as const) {
      const row = (await marketplace.get('transactions', { transactionId })) ?? {};
      const fact = { reason, id: reason, at: String(row.createdAt), detail: 'look at this' };
      await marketplace.put('transactions', {
        ...row,
        ...raiseAttention(row, fact, { shardCount: 1 }),
      });
    }
    const looked = await reconcile('--from', today);
    expect(looked.exitCode).toBe(1);
    expect(looked.stdout).toMatch(/needs an operator: (MISMATCH, DISPUTE|DISPUTE, MISMATCH)/);
    const range = await reconcile('--from', today, '--repair');
    expect(range.exitCode).toBe(1);
    expect(range.stdout).toMatch(/needs an operator: DISPUTE /);
    expect(range.stdout).toContain('ended MISMATCH');
    expect(range.stdout).toContain('Orders that need no person any more for something: 1.');
    expect(range.stderr).toContain('"attentionEnded":1');
    const row = (await marketplace.get('transactions', { transactionId })) ?? {};
    expect(readAttention(row).map(({ reason }) => reason)).toEqual(['DISPUTE']);
    const one = await reconcile(transactionId);
    expect(one.exitCode).toBe(1);
    expect(one.stdout).toMatch(/needs an operator +│ DISPUTE, look at this/);
    // Nothing that the tests after this one would find.
    await marketplace.put('transactions', {
      ...row,
      attention: undefined,
      attentionShard: undefined,
    });
  });

  it('without orders says so, with status 0', async () => {
    const { exitCode, stdout } = await reconcile('--from', '2020-01-01', '--to', '2020-01-31');
    expect({ exitCode, stdout }).toEqual({
      exitCode: 0,
      stdout: 'local, 2020-01-01 to 2020-01-31: no orders.\n',
    });
  });

  it('is finished also while the gateway is down: nothing is published, and status 1', async () => {
    await payUnheard();
    run.sandbox.faults.set([{ operation: 'status', kind: 'status', status: 503, count: null }]);
    const { exitCode, stdout } = await reconcile('--from', today, '--repair', '--json');
    expect(exitCode).toBe(1);
    expect(publishedIn(stdout)).toEqual([]);
    expect(stdout).toContain('UNAVAILABLE');
  });
});

it('takes an order id with the blanks that came along when it was copied', async () => {
  const { order } = await buy({ outcome: 'COMPLETED', webhook: 'send' });
  expect((await reconcile(` ${order.merchantOrderId}\n`)).exitCode).toBe(0);
});

it('says in words that AWS does not answer in the middle of its work', async () => {
  run.cloud?.intercept(({ service }) =>
    service === 'dynamodb'
      ? { when: 'before', status: 400, errorType: 'AccessDeniedException' }
      : undefined,
  );
  const answer = await reconcile();
  run.cloud?.intercept(undefined);
  expect(answer).toMatchObject({ exitCode: 1, stdout: '' });
  expect(answer.stderr).toMatch(/^AWS refused \(AccessDeniedException/m);
  expect(answer.stderr).not.toMatch(/\n\s+at /);
});

it.each([
  [['--to', '2026-01-31'], 'A range begins with --from'],
  [['--repair'], '--repair goes with --from'],
  [['txn_MP-a-1732356000-abc123', '--from', '2026-01-31'], 'Either one order or a range'],
  [['--from', '2026-02-30'], 'a day is spelled 2026-01-31'],
  [['--from', '2026-02-02', '--to', '2026-02-01'], 'must not be before the start'],
  [['--from', '2026-01-01', '--to', '2026-12-31'], 'within 92 days'],
  [['--from', '2020-01-01'], 'Without --to the range ends today'],
  [['--from', '2999-01-01'], '2999-01-01 has not begun'],
  [['--report', 'xml'], 'a format is one of table, json, csv'],
  [['--rate', '0'], 'a rate is a whole number'],
  [['txn MP'], '"txn MP" is no order'],
  [[''], '"" is no order'],
])('reconcile %j ends with words and status 1', async (args, words) => {
  const { exitCode, stdout, stderr } = await reconcile(...args);
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  expect(stderr).toContain(words);
  expect(stderr).not.toMatch(/\n\s+at /);
});

describe('who changes something', () => {
  const forms = [
    ['one order', (id: string) => [id], 'Bring in what the gateway says of txn_', 'transactionId'],
    ['a sweep', () => [], 'Sweep: ask the gateway about every open order', 'scope'],
    ['a range', () => ['--from', today, '--repair'], 'Publish what our books or buyers', 'from'],
  ] as const;

  it.each(forms)(
    'by %s is said before, and kept in one line after',
    async (_what, args, what, target) => {
      const { order } = await payUnheard();
      const { exitCode, stderr } = await reconcile(...args(order.transactionId));
      expect(exitCode, stderr).toBe(0);
      const [who, then, ...rest] = stderr.trimEnd().split('\n');
      expect([who, then]).toEqual([WHO, expect.stringContaining(what)]);
      const trace = JSON.parse(rest.at(-1) ?? '');
      expect(trace).toMatchObject({ action: 'reconcile', caller: 'root', stage: 'local' });
      expect(Object.keys(trace.target).at(0)).toBe(target);
      expect(trace.counts.published ?? trace.counts.settled).toBeGreaterThan(0);
    },
  );

  it.each(forms)(
    'by %s is asked for the stage’s name and a word why on production, and else changes nothing',
    async (_what, args) => {
      const { order, buyer } = await payUnheard();
      const giveBack = await callStage('production');
      const asked = await reconcile(...args(order.transactionId), '--yes');
      const refused = await reconcile(...args(order.transactionId), '--stage', 'local');
      const production = [...args(order.transactionId), '--stage', 'production'];
      const wordless = await reconcile(...production);
      const statusThen = (await marketplace.effectsOn(buyer, order.transactionId)).status;
      const meant = await reconcile(...production, '--why', 'the buyer wrote');
      await giveBack();
      expect(asked).toMatchObject({ exitCode: 1, stdout: '' });
      expect(asked.stderr).toContain('stage production  caller root');
      expect(asked.stderr).toContain('add --stage production. Nothing was changed.');
      expect(asked.stderr).not.toContain('"action"');
      expect(refused.stderr).toContain('You mean the stage local, and this is production.');
      expect(wordless.stderr).toContain('add --why "...". Nothing was changed.');
      expect(statusThen).toBe('PENDING');
      expect(meant.exitCode, meant.stderr).toBe(0);
      await expectPro({ buyer, order });
    },
  );

  it('by looking at a range is said as well, asked for nothing, and leaves no trace', async () => {
    const giveBack = await callStage('production');
    const { stderr } = await reconcile('--from', today);
    await giveBack();
    expect(stderr).toBe('account 000000000000  region us-east-1  stage production  caller root\n');
  });
});

/** Gives the run's stage another name, as its commands read it. */
async function callStage(stage: string): Promise<() => Promise<unknown>> {
  const secrets = new SecretsManagerClient({});
  const SecretId = 'marketplace/payments/environment';
  const { SecretString = '' } = await secrets.send(new GetSecretValueCommand({ SecretId }));
  const put = (text: string) =>
    secrets.send(new PutSecretValueCommand({ SecretId, SecretString: text }));
  await put(JSON.stringify({ ...JSON.parse(SecretString), stage }));
  return () => put(SecretString).finally(() => secrets.destroy());
}

function publishedIn(stdout: string): string[] {
  const { lines } = JSON.parse(stdout) as {
    lines: { transactionId: string; published: string }[];
  };
  return lines
    .filter(({ published }) => published !== '')
    .map(({ transactionId, published }) => `${transactionId} ${published}`)
    .toSorted();
}
