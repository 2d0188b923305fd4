import type { JWTPayload } from 'jose';

/**
 * A token's claims as an HTTP API hands them to a function: every value is text. A list is written `[a b]`, a claim that
 * is null is left out, only what is nested comes as JSON. AWS describes none of this; it was measured by others on a live
 * API with a Cognito user pool.
 */
export function renderClaims(payload: JWTPayload): Record<string, string> {
  return Object.fromEntries(
    Object.entries(payload)
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([name, value]) => [name, renderValue(value)]),
  );
}

function renderValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(renderValue).join(' ')}]`;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
