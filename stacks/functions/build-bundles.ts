import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { FunctionName } from '@cloudnestle/topology/types';

/** The directory of a function's bundle, once it is built. */
export type Bundles = (name: FunctionName) => Promise<string>;

/** What is deployed, byte for byte what is benchmarked and tested: SST's own bundler is left out. */
export function buildBundles(): Bundles {
  const { root } = $cli.paths;
  // A process of its own: SST runs this config with an esbuild of its own, and maybe with another Node.
  const built = promisify(execFile)('node', [join('tools', 'run.mjs'), 'bundle'], { cwd: root });
  return async (name) => {
    await built;
    return join(root, 'dist', 'functions', name);
  };
}
