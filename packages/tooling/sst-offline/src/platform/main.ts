import { join } from 'node:path';
import { installPlatform } from './install-platform.ts';

const startedAt = performance.now();
try {
  const { isInstalled } = await installPlatform(join(import.meta.dirname, '../../../../..'));
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  if (isInstalled) console.log(`SST’s platform is ready after ${seconds} s.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
