import { maskPersonal } from '../../../operator/mask.ts';
import { maskDeep, maskText } from '../../../output/mask-text.ts';

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
