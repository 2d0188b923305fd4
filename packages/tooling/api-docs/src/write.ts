import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { documentFile, documents, frontendPage } from './committed.ts';
import { withErrorTable } from './error-table.ts';

// `pnpm run docs`: brings everything up to date that is made from code.
mkdirSync(documentFile('.'), { recursive: true });
for (const [name, build] of Object.entries(documents)) {
  writeFileSync(documentFile(name), `${JSON.stringify(build(), undefined, 2)}\n`);
}
writeFileSync(frontendPage, withErrorTable(readFileSync(frontendPage, 'utf8')));
