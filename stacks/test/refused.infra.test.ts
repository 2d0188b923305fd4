import { evaluate } from '@cloudnestle/sst-offline/evaluate/evaluate';
import { installPlatform } from '@cloudnestle/sst-offline/platform/install-platform';
import { beforeAll, expect, it } from 'vitest';
import { root } from './support/load-stages.ts';

beforeAll(async () => {
  await installPlatform(root);
});

it('is told by SST itself, before anything is deployed, why production is refused', async () => {
  const config = 'stacks/test/fixtures/refused/sst.config.ts';
  await expect(evaluate({ root, stage: 'production', config })).rejects.toThrow(
    /"production" is not deployed[\s\S]*alertAddress is missing[\s\S]*PhonePe's sandbox/,
  );
});
