#!/usr/bin/env node
// The payments command from a fresh clone: installs what is missing, then runs it on the pinned Node.
import { join } from 'node:path';
import { installIfMissing, nodePath, root, runToEnd } from './bootstrap.mjs';

installIfMissing();
runToEnd(nodePath(), [
  join(root, 'packages', 'cli', 'bin', 'payments.mjs'),
  ...process.argv.slice(2),
]);
