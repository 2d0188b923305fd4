import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';

/** What a copy does without; packages from npm are shared. */
const leftOut: ReadonlySet<string> = new Set(['.git', 'dist', 'coverage', '.sst', '.data']);

/**
 * Copies the sources to a place where they can be broken. The links between our own packages are relative, so they lead to
 * the copies.
 */
export function copySources(root: string): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'broken-sources-'));
  for (const part of ['packages', 'services', 'stacks', 'package.json', 'pnpm-workspace.yaml']) {
    cpSync(join(root, part), join(path, part), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (source) => !leftOut.has(basename(source)) && !isBinary(relative(root, source)),
    });
  }
  symlinkSync(join(root, 'node_modules'), join(path, 'node_modules'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

function isBinary(path: string): boolean {
  return path.includes('node_modules/.bin');
}
