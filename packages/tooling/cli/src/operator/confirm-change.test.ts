import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { type Consent, confirmChange } from './confirm-change.ts';

const operator = {
  account: '123456789012',
  region: 'ap-south-1',
  stage: 'test',
  caller: 'user/anna',
};
const production = { ...operator, stage: 'production' };
const change = { what: 'Replay 12 letters of tiers.', asks: true };

/** A terminal at which an operator types `answer`; without one, standard input is no terminal. */
function terminalWith(answer: string | undefined) {
  const input = Object.assign(new PassThrough(), { isTTY: answer !== undefined });
  const output = new PassThrough();
  if (answer === '') input.end();
  else if (answer !== undefined) input.write(`${answer}\n`);
  return { input, output, written: () => String(output.read() ?? '') };
}

async function confirm(
  who: typeof operator,
  { answer, consent = {}, asks = true }: { answer?: string; consent?: Consent; asks?: boolean },
) {
  const terminal = terminalWith(answer);
  const outcome = await confirmChange(who, { ...change, asks }, consent, terminal).then(
    () => 'wanted',
    (error: Error) => error.message,
  );
  return { outcome, written: terminal.written() };
}

it('says where and who, and what is about to happen, before it asks', async () => {
  const { written } = await confirm(operator, { answer: 'y' });
  expect(written).toMatch(
    /^account 123456789012 {2}region ap-south-1 {2}stage test {2}caller user\/anna\nReplay 12 letters of tiers\.\nGo on\? \[y\/N\] /,
  );
});

describe('on any stage but production', () => {
  it.each([
    ['y', 'wanted'],
    ['YES', 'wanted'],
    ['n', 'Nothing was changed.'],
    [' ', 'Nothing was changed.'],
    ['', 'Nothing was changed.'],
    ['yes please', 'Nothing was changed.'],
  ])('"%s" ends as: %s', async (answer, outcome) => {
    expect((await confirm(operator, { answer })).outcome).toBe(outcome);
  });

  it('--yes, and what is not worth a question, are not asked about', async () => {
    expect((await confirm(operator, { consent: { yes: true } })).outcome).toBe('wanted');
    expect((await confirm(operator, { asks: false })).outcome).toBe('wanted');
  });

  it('no terminal to ask at is a no', async () => {
    expect((await confirm(operator, {})).outcome).toBe(
      'There is no terminal to ask at: add --yes. Nothing was changed.',
    );
  });
});

describe('on production', () => {
  it.each([
    ['production\nas agreed with the buyer', 'wanted'],
    ['y', 'Nothing was changed.'],
    ['Production', 'Nothing was changed.'],
    ['', 'Nothing was changed.'],
  ])('"%s" ends as: %s', async (answer, outcome) => {
    expect((await confirm(production, { answer })).outcome).toBe(outcome);
  });

  it('the name is asked for even with --yes and for a handful', async () => {
    const { outcome } = await confirm(production, { consent: { yes: true }, asks: false });
    expect(outcome).toContain('add --stage production');
  });

  it('--stage production and --why answer', async () => {
    const consent = { stage: 'production', why: 'as agreed with the buyer' };
    expect((await confirm(production, { consent })).outcome).toBe('wanted');
  });

  it('nothing is done without a word why', async () => {
    const { outcome } = await confirm(production, { consent: { stage: 'production' } });
    expect(outcome).toContain('add --why');
    expect((await confirm(production, { answer: 'production\n-' })).outcome).toContain('in words');
  });
});

it('refuses a stage that is not the one that is meant, whatever else is given', async () => {
  const consent = { yes: true, stage: 'test' };
  expect((await confirm(production, { answer: 'production', consent })).outcome).toBe(
    'You mean the stage test, and this is production. Nothing was changed.',
  );
});
