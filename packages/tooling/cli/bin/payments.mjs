#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

// Before the first module is loaded: what was compiled once, types stripped, is never compiled again.
enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/payments/compiled'));
await import(pathToFileURL(await findProgram()).href);

/** The command in a few files where they can be built; else, in a folder that is not ours to write to, its sources. */
async function findProgram() {
  const { findBundle } = await import('../src/bundle/find-bundle.ts');
  const bundle = findBundle();
  if (bundle !== undefined) return bundle;
  const { buildBundle } = await import('../src/bundle/build-bundle.ts');
  return buildBundle().catch(() => join(import.meta.dirname, '../src/main.ts'));
}
