import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { functions } from '@cloudnestle/topology/functions';
import type { FunctionDefinition, FunctionName } from '@cloudnestle/topology/types';
import { type Bundle, bundleFiles } from './bundle.ts';

/** What Lambda is told to call in every function's bundle. */
export const BUNDLE_HANDLER = 'index.handler';

export interface FunctionBundle extends Bundle {
  name: FunctionName;
}

/**
 * Builds exactly what is deployed: for each function one file `<name>/index.mjs` below `directory` that exports
 * `handler`. Without `names`, every function of the topology. Rejects where a file or export is missing.
 */
export async function bundleFunctions(
  directory: string,
  names: readonly FunctionName[] = functions.map(({ name }) => name),
): Promise<FunctionBundle[]> {
  const wanted = functions.filter(({ name }) => names.includes(name));
  const sources = Object.fromEntries(wanted.map((each) => [each.name, findSource(each)]));
  const built = await bundleFiles(sources, directory);
  return wanted.map(({ name, handler }) => {
    const bundle = built.find(({ file }) => file === join(directory, name, 'index.mjs'));
    if (!bundle?.exports.includes('handler')) throw new Error(`${handler} is not exported`);
    return { ...bundle, name };
  });
}

/** Builds exactly what is deployed as this function; returns where it is. */
export async function bundleFunction(
  name: FunctionName,
  directory: string,
): Promise<FunctionBundle> {
  const [bundle] = await bundleFunctions(directory, [name]);
  if (!bundle) throw new Error(`the topology has no function ${name}`);
  return bundle;
}

const repositoryRoot = fileURLToPath(new URL('../../../../', import.meta.url));

function findSource({ handler }: FunctionDefinition): string {
  return join(repositoryRoot, handler.replace(/\.handler$/, '.ts'));
}
