import { type Verdict, wrong } from '../check.ts';

export function findNoSecret(): Verdict {
  return wrong('there is no such secret');
}

/** `fields` are names; empty or nameless where the whole is at fault. */
export function findWrongShape(fields: readonly string[]): Verdict {
  const named = [...new Set(fields)].filter(Boolean);
  return wrong(
    named.length > 0 ? `missing or malformed: ${named.join(', ')}` : 'is no JSON object',
  );
}
