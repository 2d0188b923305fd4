import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Paths } from '../platform/paths.ts';

interface BuildHooks {
  onResolve(
    filter: { filter: RegExp },
    hook: (found: { importer: string; kind: string }) => unknown,
  ): void;
  onLoad(filter: { filter: RegExp }, hook: (found: { path: string }) => unknown): void;
}

/**
 * What SST's command does to a project's files as a plugin of esbuild: its globals stand in front of each. Without globals
 * the config itself may import nothing at its top.
 */
export function sstRules({ work }: Paths, globals: string) {
  const setup = (hooks: BuildHooks) => {
    hooks.onResolve({ filter: /.*/ }, ({ importer, kind }) =>
      globals === '' && basename(importer) === 'sst.config.ts' && kind === 'import-statement'
        ? { errors: [{ text: 'sst.config.ts must not import at its top: SST refuses it' }] }
        : undefined,
    );
    hooks.onLoad({ filter: /\.(js|ts|jsx|tsx)$/ }, async ({ path }) =>
      path.startsWith(work)
        ? undefined
        : { contents: `${globals}\n${await readFile(path, 'utf8')}`, loader: 'default' },
    );
  };
  return { name: 'sst-rules', setup };
}
