import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { exhausted } from '../../testing/dead-letters.ts';
import { everyKind, paidBody, putEveryKind, secrets } from '../testing/every-kind.ts';
import { type LookRun, startLookRun, steering } from '../testing/look-run.ts';

let look: LookRun;

beforeAll(async () => {
  look = await startLookRun();
});
afterEach(async () => {
  look.run.cloud?.intercept(undefined);
  await look.empty();
});
afterAll(async () => {
  await look?.stop();
});

async function show(...args: string[]) {
  const { exitCode, stdout, stderr } = await look.dlq('show', ...args);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return stdout;
}
const put = (letters: Parameters<LookRun['mailroom']['put']>[1]) =>
  look.mailroom.put(look.deadLetterUrl('tiers'), letters);

describe('letters of a queue', () => {
  it('come newest failure first, each with what happened to it', async () => {
    await putEveryKind(look.run, look.mailroom);
    const { letters, matched } = JSON.parse(await show('tiers', '--json'));
    expect(matched).toBe(3);
    const [moved, replayed, first] = letters;
    // Moved by SQS just now.
    expect(moved).toMatchObject({
      userId: 'buyer-3',
      failure: { kind: 'moved', reason: 'no reason: SQS moved it after a crash or a timeout' },
    });
    expect(replayed).toMatchObject({
      userId: 'buyer-2',
      detailType: 'PaymentCompleted',
      eventId: expect.stringMatching(/^evt_/),
      transactionId: expect.stringMatching(/^txn_MP-buyer-2-/),
      failure: {
        kind: 'permanent',
        reason: 'no user row buyer-2',
        attempts: 8,
        firstAt: '2025-11-23T11:00:00.000Z',
        lastAt: '2025-11-23T13:00:00.000Z',
      },
      replay: {
        count: 2,
        lastBy: 'assumed-role/operators/a***@corp.example',
        lastAt: '2025-11-23T12:30:00.000Z',
      },
    });
    expect(first).toMatchObject({ userId: 'buyer-1' });
    const text = await show('tiers');
    expect(text).toMatch(/reason +no user row buyer-2/);
    expect(text).toMatch(
      /replayed +2 times, last by assumed-role\/operators\/a\*\*\*@corp.example at/,
    );
    expect(text).toMatch(/failed +sent .*moved by SQS, so no function wrote down/);
    expect(text).toMatch(/3 letters of tiers\.\n$/);
  });

  it('are all there for the next one who looks, and for every other client', async () => {
    await putEveryKind(look.run, look.mailroom);
    const [first, second] = [await show('tiers', '--json'), await show('tiers', '--json')];
    const idsIn = (text: string) =>
      JSON.parse(text).letters.map(({ messageId }: { messageId: string }) => messageId);
    expect(idsIn(first)).toHaveLength(3);
    expect(idsIn(second)).toEqual(idsIn(first));
    expect(await look.empty()).toEqual(everyKind);
  });

  it('are those that the filters mean', async () => {
    await putEveryKind(look.run, look.mailroom);
    const users = async (...args: string[]) =>
      JSON.parse(await show('tiers', '--json', ...args)).letters.map(
        ({ userId }: { userId: string }) => userId,
      );
    expect(await users('--reason', 'NO USER * buyer-2')).toEqual(['buyer-2']);
    const since = '2025-11-23T12:59:00Z';
    expect(await users('--type', 'PaymentCompleted', '--since', since)).toEqual([
      'buyer-3',
      'buyer-2',
    ]);
    const [letter] = JSON.parse(await show('tiers', '--json', '--user', 'buyer-1')).letters;
    expect(await users('--order', ` ${letter.merchantOrderId}`)).toEqual(['buyer-1']);
  });

  it('are cut by --limit, which says how many there are and that actions go by the filters', async () => {
    const minute = (count: number) => `2026-11-23T10:${String(count).padStart(2, '0')}:00.000Z`;
    await put(
      Array.from({ length: 45 }, (_, count) => ({
        body: paidBody(`buyer-${count}`),
        attributes: exhausted('down', { lastFailedAt: minute(count) }),
      })),
    );
    const text = await show('tiers', '--limit', '2');
    expect(text.match(/ user +buyer-\d+/g)).toEqual([
      expect.stringContaining('buyer-44'),
      expect.stringContaining('buyer-43'),
    ]);
    expect(text).toContain('2 of 45 letters of tiers (--limit 45 shows all).');
    expect(text).toContain('Replay and discard act on what the filters mean');
    const cut = JSON.parse(await show('tiers', '--json'));
    expect(cut.letters).toHaveLength(20);
    expect(cut).toMatchObject({ matched: 45, isCut: true, isWhollySeen: true });
    const whole = JSON.parse(await show('tiers', '--json', '--limit', '45'));
    expect(whole).toMatchObject({ matched: 45, isCut: false, isWhollySeen: true });
  });
});

describe('one letter', () => {
  it('is shown whole by its message id or its event id, with addresses only if they are asked for', async () => {
    await putEveryKind(look.run, look.mailroom);
    const [letter] = JSON.parse(await show('tiers', '--user', 'buyer-1', '--json')).letters;
    const text = await show('tiers', ` ${letter.messageId} `);
    expect(text).toContain('no user row buyer-1');
    expect(text).not.toContain('buyer-2');
    expect(text).toContain('"userEmail": "a***@example.com"');
    expect(text).toContain('"vpa": "u***@paytm"');
    const revealed = await show('tiers', letter.eventId, '--reveal');
    expect(revealed).toContain('"userEmail": "anna.secret@example.com"');
    expect(revealed).toContain('"vpa": "user@paytm"');
  });

  it('that is no JSON is shown as the text that it is', async () => {
    await putEveryKind(look.run, look.mailroom);
    const args = ['notifications', '--reason', 'no JSON', '--json'];
    const [letter] = JSON.parse(await show(...args)).letters;
    expect(letter).toMatchObject({
      body: '{"to": "a***@example.com", no json',
      cannotSucceed: 'the message is no JSON',
    });
    expect(await show('notifications', letter.messageId)).toContain(
      '{"to": "a***@example.com", no json',
    );
    expect(await show('notifications', letter.messageId, '--reveal')).toContain(secrets[0]);
  });
});

it('says whose an event is that EventBridge could not deliver, and why it could not', async () => {
  await putEveryKind(look.run, look.mailroom);
  const { letters } = JSON.parse(await show('delivery', '--json'));
  expect(letters).toContainEqual(
    expect.objectContaining({
      userId: 'buyer-7',
      subscriber: 'tiers',
      failure: expect.objectContaining({
        kind: 'undelivered',
        attempts: 4,
        reason: 'not delivered: NO_PERMISSIONS: not allowed, 2 times',
      }),
    }),
  );
  expect(await show('delivery')).toMatch(/for +nothing says which subscriber/);
});

it('tells no address and steers no terminal, whatever a letter says', async () => {
  await putEveryKind(look.run, look.mailroom);
  const texts = await Promise.all(
    Object.keys(everyKind).map(async (queue) => [
      await show(queue),
      await show(queue, '--json'),
      // Whole, as everything of one event.
      await show(
        queue,
        JSON.parse(await show(queue, '--json', '--limit', '1')).letters[0].messageId,
      ),
    ]),
  );
  for (const text of texts.flat()) {
    expect(text).not.toMatch(steering);
    for (const secret of secrets) expect(text).not.toContain(secret);
  }
  expect(await show('notifications', '--reveal', '--json')).not.toMatch(steering);
  expect(await show('notifications', '--reveal', '--reason', 'alert')).not.toMatch(steering);
});

it('says how many letters another client holds', async () => {
  await putEveryKind(look.run, look.mailroom);
  const giveBack = await look.hold('tiers', 2);
  expect(await show('tiers')).toContain('2 letters are hidden at the moment');
  expect(JSON.parse(await show('tiers', '--json'))).toMatchObject({ matched: 1, hidden: 2 });
  await giveBack();
  expect(JSON.parse(await show('tiers', '--json'))).toMatchObject({ matched: 3, hidden: 0 });
});

it('gives every letter back at Ctrl-C, with exit status 130', async () => {
  await put(Array.from({ length: 300 }, () => ({ body: paidBody('anna') })));
  const { exitCode, stdout, stderr } = await look.interruptAtCall(12, 'show', 'tiers');
  expect({ exitCode, stdout, stderr }).toEqual({
    exitCode: 130,
    stdout: '',
    stderr: 'Interrupted. All letters were given back.\n',
  });
  expect(await look.empty()).toEqual({ tiers: 300 });
});

describe('what cannot be done', () => {
  it.each([
    [['show', 'tires'], 'There is no dead-letter queue "tires". There are: tiers, '],
    [['triage', 'tires'], 'There is no dead-letter queue "tires"'],
    [['show', 'tiers'], 'tiers has no dead letters.'],
    [['show', 'tiers', 'evt_1', '--id', 'evt_2'], 'Either an id or --id.'],
    [['show', 'tiers', ''], 'An id is empty.'],
    [['show', 'tiers', '--limit', '0'], '--limit is a whole number'],
    [['show', 'tiers', '--since', 'soon'], 'a time is 90s'],
    [['show', 'tiers', '--type', 'x'], 'an event is one of'],
    [['show'], "missing required argument 'queue'"],
    [['list', '--all'], "unknown option '--all'"],
  ])('%j ends with words and status 1', async (args, words) => {
    const { exitCode, stdout, stderr } = await look.dlq(...args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toContain(words);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it('a filter that means nothing ends with words and status 1', async () => {
    await putEveryKind(look.run, look.mailroom);
    const { exitCode, stdout, stderr } = await look.dlq('show', 'tiers', '--user', 'unknown');
    expect({ exitCode, stdout, stderr }).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: 'No dead letter of tiers matches.\n',
    });
  });

  it('SQS that refuses in the middle of it ends with words, and what was seen is given back', async () => {
    await put(Array.from({ length: 100 }, () => ({ body: paidBody('anna') })));
    let receives = 0;
    look.run.cloud?.intercept(({ operation }) => {
      if (operation !== 'ReceiveMessage') return undefined;
      receives += 1;
      return receives === 5
        ? { when: 'before', status: 403, errorType: 'AccessDeniedException' }
        : undefined;
    });
    const { exitCode, stdout, stderr } = await look.dlq('show', 'tiers');
    look.run.cloud?.intercept(undefined);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toMatch(/^AWS refused \(AccessDeniedException.*\n$/);
    expect(await look.empty()).toEqual({ tiers: 100 });
  });
});
