import { createHash, timingSafeEqual } from 'node:crypto';

/** Compares without telling by its duration where, or in what length, the two differ. Never throws. */
export function equalInConstantTime(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b));
}

/** timingSafeEqual wants equal lengths; digests have one. */
function digest(value: string): Buffer {
  return createHash('sha256').update(value).digest();
}
