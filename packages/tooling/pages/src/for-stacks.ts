import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { buildPages } from './build-pages.ts';

// `pnpm pages NAME`: builds one page into the folder where the stacks look for what they deploy.
const [name] = process.argv.slice(2);
if (name === undefined) throw new Error('which page of packages/web?');
const folder = join(import.meta.dirname, '../../../../dist/pages', name);
const built = await buildPages(name);
await rm(folder, { recursive: true, force: true });
await cp(built, folder, { recursive: true });
