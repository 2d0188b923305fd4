import { join } from 'node:path';
import { bundleFunctions } from './bundle-functions.ts';

/** Where the stacks look for what they deploy. */
await bundleFunctions(join(import.meta.dirname, '../../../../dist/functions'));
