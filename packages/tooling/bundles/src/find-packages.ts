import type { Metafile } from 'esbuild';

/** The packages from npm with code in an output of esbuild. */
export function findPackages({ inputs }: Metafile['outputs'][string]): ReadonlySet<string> {
  const used = Object.entries(inputs).flatMap(([path, { bytesInOutput }]) =>
    bytesInOutput > 0 ? path : [],
  );
  return new Set(used.flatMap((path) => findPackage(path) ?? []));
}

/** `@aws-sdk/client-sqs` of `node_modules/.pnpm/.../node_modules/@aws-sdk/client-sqs/dist-es/index.js`. */
function findPackage(path: string): string | undefined {
  return /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];
}
