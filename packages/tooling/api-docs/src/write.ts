import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { documentFile, frontendPage } from './committed.ts';
import { documents } from './documents.ts';
import { withErrorTable } from './pages/error-table.ts';

// `pnpm run docs`: brings everything up to date that is made from code.
mkdirSync(documentFile('.'), { recursive: true });
for (const [name, build] of Object.entries(documents)) {
  writeFileSync(documentFile(name), `${JSON.stringify(build(), undefined, 2)}\n`);
}
writeFileSync(frontendPage, withErrorTable(readFileSync(frontendPage, 'utf8')));
