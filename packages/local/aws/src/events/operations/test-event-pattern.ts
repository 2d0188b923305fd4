import * as z from 'zod';
import { AwsError } from '../../front/aws-error.ts';
import { isRecord } from '../../front/is-record.ts';
import { defineOperation } from '../../front/operation.ts';
import { compilePattern } from '../pattern/compile-pattern.ts';

/** TestEventPattern: whether a pattern matches a whole event. */
export const testEventPattern = defineOperation(
  z.strictObject({ EventPattern: z.string().max(4096), Event: z.string() }),
  ({ EventPattern, Event }) => {
    const matches = compilePattern(EventPattern);
    return { Result: matches(parseEvent(Event)) };
  },
);

/** The fields AWS insists on. */
const requiredFields = ['id', 'account', 'source', 'time', 'region', 'resources', 'detail-type'];

function parseEvent(json: string): Record<string, unknown> {
  const event = parseJson(json);
  const missing = requiredFields.filter(
    (field) => !isRecord(event) || !Object.hasOwn(event, field),
  );
  if (!isRecord(event) || missing.length > 0) {
    throw new AwsError(
      'ValidationException',
      `Parameter Event is not valid. Reason: it must be a JSON object with ${missing.join(', ')}.`,
    );
  }
  return event;
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
