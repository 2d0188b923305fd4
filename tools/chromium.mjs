#!/usr/bin/env node
// Gets what the browser tests run in, from Debian's packages, where it is not there yet and this user may install: Chromium, and its
// engine without a browser around it, in which most of them take half the processor time.
import { spawnSync } from 'node:child_process';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const runs = (command, ...args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;

const hasChromium = Boolean(process.env.CHROMIUM) || names.some((name) => runs(name, '--version'));
const hasShell =
  Boolean(process.env.CHROMIUM_SHELL) || runs('chromium-headless-shell', '--version');
if (hasChromium && hasShell) process.exit(0);
if (!runs('apt-get', '--version') || process.getuid?.() !== 0) {
  console.error(
    hasChromium
      ? 'This user cannot install the package "chromium-headless-shell": the browser tests take longer.'
      : 'No Chromium, and this user cannot install one: the browser tests will be skipped. Name one in CHROMIUM, or install the package "chromium".',
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
const missing = [
  ...(hasChromium ? [] : ['chromium']),
  ...(hasShell ? [] : ['chromium-headless-shell']),
];
console.error(`Installing ${missing.join(' and ')} for the browser tests (once)...`);
if (!apt('update') || missing.filter((name) => !apt('install', '-y', name)).includes('chromium')) {
  console.error('Chromium could not be installed: without one the browser tests are skipped.');
}
