import { glob } from 'node:fs/promises';
import { join } from 'node:path';

/** Every file of this evaluator. */
export async function listOwnSources(): Promise<string[]> {
  const source = join(import.meta.dirname, '..');
  const files: string[] = [];
  for await (const file of glob('**/*.ts', { cwd: source })) files.push(file);
  return files.toSorted().map((file) => join(source, file));
}
