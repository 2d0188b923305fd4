#!/usr/bin/env node
// Runs a script of package.json from a fresh clone: installs what is missing first.
import { bin, installIfMissing, root, runToEnd } from './bootstrap.mjs';

process.chdir(root);
installIfMissing();
runToEnd(bin('pnpm'), ['run', ...process.argv.slice(2)]);
