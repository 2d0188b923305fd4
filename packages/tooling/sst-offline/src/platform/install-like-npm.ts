import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

/*
 * `npm install` for the package in the working folder, by the project's pnpm: flat `node_modules`, as npm makes them, and
 * npm's `overrides`. It is a workspace of its own, so that the project's settings do not reach it.
 */
const manifestSchema = z.object({ overrides: z.record(z.string(), z.string()).default({}) });
const { overrides } = manifestSchema.parse(JSON.parse(readFileSync('package.json', 'utf8')));

const settings = {
  packages: [],
  overrides,
  nodeLinker: 'hoisted',
  // Two packages would fetch Pulumi's plugins.
  ignoreScripts: true,
  lockfile: false,
  preferOffline: true,
  // A registry that does not answer is said to be so within seconds: the patience is per package.
  fetchRetries: 1,
  fetchRetryMintimeout: 500,
  fetchRetryMaxtimeout: 2000,
  fetchTimeout: 30_000,
};
// YAML takes JSON as it is.
writeFileSync('pnpm-workspace.yaml', JSON.stringify(settings));

const pnpm = join(import.meta.dirname, '../../../../../node_modules/pnpm/bin/pnpm.mjs');
const { status } = spawnSync(process.execPath, [pnpm, 'install', '--reporter=append-only'], {
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
