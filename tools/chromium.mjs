#!/usr/bin/env node
// Gets the Chromium that the browser tests run in, from Debian's packages, where there is none yet and this user may install.
import { spawnSync } from 'node:child_process';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const runs = (command, ...args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;

if (process.env.CHROMIUM || names.some((name) => runs(name, '--version'))) process.exit(0);
if (!runs('apt-get', '--version') || process.getuid?.() !== 0) {
  console.error(
    'No Chromium, and this user cannot install one: the browser tests will be skipped. Name one in CHROMIUM, or install the package "chromium".',
  );
  process.exit(0);
}
const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
const apt = (...args) =>
  spawnSync(
    'apt-get',
    ['-qq', '-o', 'Acquire::http::Timeout=20', '-o', 'Acquire::Retries=1', ...args],
    {
      env,
      stdio: ['ignore', 2, 2],
      // A mirror that does not answer holds the tests up for minutes, not for ever.
      timeout: 300_000,
    },
  ).status === 0;
console.error('Installing Chromium for the browser tests (once)...');
if (!(apt('update') && apt('install', '-y', 'chromium'))) {
  console.error('Chromium could not be installed: the browser tests will be skipped.');
}
