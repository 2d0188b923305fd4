import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';

/** Physical names end in random letters: these are the same in every evaluation. */
export function useFixedRandomness(): void {
  Object.assign(crypto, { randomBytes: (size: number) => Buffer.alloc(size) });
  syncBuiltinESMExports();
}
