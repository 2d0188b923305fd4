import { describe, expect, it } from 'vitest';
import { explainFailure, ok, runChecks } from './check.ts';

describe('runChecks', () => {
  const check = (subject: string, look: () => Promise<ReturnType<typeof ok>>) => ({
    check: 'any',
    subject,
    asks: 'it',
    look,
  });

  it('answers every check, in order, whatever one of them throws', async () => {
    const findings = await runChecks([
      check('throws', () => {
        throw new Error('at once');
      }),
      check('rejects', async () => {
        throw new Error('later');
      }),
      check('fine', async () => ok('yes')),
    ]);
    expect(findings).toEqual([
      { check: 'any', subject: 'throws', result: 'wrong', words: ['it: Error: at once'] },
      { check: 'any', subject: 'rejects', result: 'wrong', words: ['it: Error: later'] },
      { check: 'any', subject: 'fine', result: 'ok', words: ['yes'] },
    ]);
  });

  it('has no more than eight questions under way', async () => {
    let atWork = 0;
    let most = 0;
    const look = async () => {
      atWork += 1;
      most = Math.max(most, atWork);
      await new Promise((resolve) => setImmediate(resolve));
      atWork -= 1;
      return ok('yes');
    };
    await runChecks(Array.from({ length: 40 }, (_, at) => check(String(at), look)));
    expect(most).toBe(8);
  });
});

describe('explainFailure', () => {
  function awsError(name: string, httpStatusCode = 400, message = 'no') {
    return Object.assign(new Error(message), { name, $metadata: { httpStatusCode } });
  }

  it.each([
    [awsError('UnknownOperationException'), 'the endpoint does not know sqs:Look'],
    [awsError('InvalidAction'), 'the endpoint does not know sqs:Look'],
    [awsError('InternalFailure', 501), 'the endpoint does not know sqs:Look'],
    [awsError('AccessDenied', 403), 'the caller may not do sqs:Look'],
    [awsError('AccessDeniedException'), 'the caller may not do sqs:Look'],
    [awsError('KMS.AccessDeniedException'), 'the caller may not do sqs:Look'],
  ])('what cannot be asked is not checked: %s', (error, words) => {
    expect(explainFailure(error, 'sqs:Look')).toEqual({ result: 'not checked', words: [words] });
  });

  it.each([
    [Object.assign(new Error('aborted'), { name: 'AbortError' }), /no answer within 4 s/],
    [
      Object.assign(new Error('hung up'), { name: 'TimeoutError', code: 'ECONNRESET' }),
      /AWS does not answer \(TimeoutError: hung up\)/,
    ],
    [Object.assign(new Error('no'), { code: 'ECONNREFUSED' }), /AWS does not answer/],
    [awsError('ThrottlingException'), /AWS refused \(ThrottlingException: no\)/],
    [new TypeError('a bug'), /TypeError: a bug/],
  ])('what fails otherwise is wrong, with its reason: %s', (error, words) => {
    const verdict = explainFailure(error, 'sqs:Look');
    expect(verdict).toEqual({ result: 'wrong', words: [expect.stringMatching(words)] });
    expect(verdict.words[0]).toMatch(/^sqs:Look: /);
  });

  it('says no buyer’s address', () => {
    const { words } = explainFailure(
      awsError('MessageRejected', 400, 'not anna@shop.example'),
      'x',
    );
    expect(words[0]).not.toContain('anna');
  });
});
