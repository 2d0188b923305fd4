import { errorCodeSchema } from '@cloudnestle/contracts/http/error';
import { errorCodes } from '@cloudnestle/contracts/http/error-codes';
import { MAX_BODY_BYTES } from '@cloudnestle/runtime/http/handler';
import { describe, expect, it } from 'vitest';
import { buildErrorExample } from '../build-operation.ts';
import { errorsOf } from '../operation.ts';
import { answerSchemas, requestSchemas } from '../schemas.ts';
import { operations } from './all.ts';

describe.each(operations)('$route', (operation) => {
  const requests = Object.entries(operation.body?.examples ?? {});
  const answers = operation.answers.flatMap(({ schema, examples = {} }) =>
    schema ? Object.entries(examples).map(([words, value]) => ({ words, schema, value })) : [],
  );

  it.each(requests)('shows a request as its contract has it: %s', (_, { schema, value }) => {
    // A default is filled in; nothing that was sent may be unknown to the contract.
    expect(requestSchemas[schema].parse(value)).toMatchObject(Object(value));
  });

  it.each(answers)('shows an answer as its contract has it: $words', ({ schema, value }) => {
    expect(answerSchemas[schema].parse(value)).toEqual(value);
  });

  it.each(errorsOf(operation))('shows $status $code as the API says it', (error) => {
    const example = buildErrorExample(error);
    expect(answerSchemas.ErrorAnswer.parse(example)).toEqual(example);
    expect(errorCodes[error.code].statuses).toContain(error.status);
  });
});

it('describes every error code at some call, but those of addresses that are none', () => {
  const described = new Set(operations.flatMap(errorsOf).map(({ code }) => code));
  const missing = errorCodeSchema.options.filter((code) => !described.has(code));
  expect(missing).toEqual(['METHOD_NOT_ALLOWED']);
});

it('says how large a body may be', () => {
  expect(MAX_BODY_BYTES).toBe(100 * 1024);
  expect(errorCodes.BODY_TOO_LARGE.when).toContain('100 KB');
});
