#!/usr/bin/env node
import { enableCompileCache } from 'node:module';

// Half of what a short command costs is compiling its modules; before the first of them is loaded.
enableCompileCache();
await import('../src/main.ts');
