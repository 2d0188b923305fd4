import { errorsOf } from '@cloudnestle/api-docs/openapi/every-call';
import type { RouteKey } from '@cloudnestle/api-docs/openapi/operation';
import { operations } from '@cloudnestle/api-docs/openapi/operations/all';
import { answerSchemas } from '@cloudnestle/api-docs/openapi/schemas';
import { expect } from 'vitest';

/**
 * Holds an answer to what the document says of its call: the status, the code, Retry-After, and a body of known fields
 * only. Returns the outcome in short, `409 ALREADY_PAID`.
 */
export async function holdToDocument(route: RouteKey, answer: Response): Promise<string> {
  const operation = operations.find((each) => each.route === route);
  if (!operation) throw new Error(`${route} is not described`);
  const { status, headers } = answer;
  const body: unknown = await answer.json();
  const where = `${route} answered ${status} ${JSON.stringify(body)}`;
  const error = answerSchemas.ErrorAnswer.safeParse(body).data;
  if (error) {
    const { code } = error.error;
    const described = errorsOf(operation).find(
      (each) => each.status === status && each.code === code,
    );
    expect(described, where).toBeDefined();
    expect(error, where).toEqual(body);
    expect(headers.get('retry-after'), where).toBe(
      described?.retryAfterSeconds?.toString() ?? null,
    );
    return `${status} ${code}`;
  }
  const described = operation.answers.filter((each) => each.status === status);
  const read = described.map(({ schema }) =>
    schema ? answerSchemas[schema].safeParse(body).data : {},
  );
  const isBare = described.some(({ schema }) => schema === undefined);
  if (!isBare) expect(read, where).toContainEqual(body);
  for (const { headers: names = [] } of described) {
    for (const name of names) expect(headers.get(name), where).toBeTruthy();
  }
  expect(described.length, where).toBeGreaterThan(0);
  return String(status);
}
