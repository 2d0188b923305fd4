import { maskPersonal } from '../../../operator/mask.ts';
import { maskText } from '../../../output/mask-text.ts';

/** A body's JSON, or its text where it is none; without people's addresses unless they are to be revealed. */
export function readBody(body: string, { reveal }: { reveal: boolean }): unknown {
  try {
    const value: unknown = JSON.parse(body);
    const masked = maskDeep(maskPersonal(value));
    return reveal ? value : masked;
  } catch {
    // No JSON, or nested so deep that nothing here could go through it.
    return reveal ? body : body.split('\n').map(maskText).join('\n');
  }
}

/** Addresses also stand where nobody expects them, in names as well. */
function maskDeep(value: unknown): unknown {
  if (typeof value === 'string') return maskText(value);
  if (Array.isArray(value)) return value.map(maskDeep);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [maskText(name), maskDeep(inner)]),
  );
}
