#!/usr/bin/env node
// The payments command from a fresh clone: installs what is missing, then runs it on the pinned Node.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { installIfMissing, isOwnNode, nodePath, root, runToEnd } from './bootstrap.mjs';

installIfMissing();
const node = nodePath();
const program = join(root, 'node_modules', '@cloudnestle', 'cli', 'bin', 'payments.mjs');
if (isOwnNode(node)) await import(pathToFileURL(program).href);
else runToEnd(node, [program, ...process.argv.slice(2)]);
