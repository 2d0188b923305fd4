import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { buildPages } from './build-pages.ts';

/** Where the stacks look for what they deploy. */
const folder = join(import.meta.dirname, '../../../../dist/pages/storefront');
const built = await buildPages('storefront');
await rm(folder, { recursive: true, force: true });
await cp(built, folder, { recursive: true });
