#!/usr/bin/env node
// Compares AWS in memory with the embedded services for as many random sequences as wanted: compare.mjs [RUNS]
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../../../..');
const vitest = createRequire(join(root, 'package.json')).resolve('vitest/vitest.mjs');
const { status } = spawnSync(
  process.execPath,
  [
    vitest,
    'run',
    'packages/tooling/simulation/src/aws',
    '--coverage.enabled=false',
    '--testTimeout=86400000',
  ],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, COMPARE_RUNS: process.argv[2] ?? '1000' },
  },
);
process.exitCode = status ?? 1;
