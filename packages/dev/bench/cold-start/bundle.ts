import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export const repositoryRoot = new URL('../../../../', import.meta.url);

export interface Bundle {
  file: string;
  bytes: number;
  /** Packages from npm with code in the bundle. */
  packages: ReadonlySet<string>;
}

/** Bundles a program as a function is bundled for Lambda. Workspace packages resolve as they do from packages/dev. */
export async function bundle(source: string, file: string): Promise<Bundle> {
  const { metafile } = await build({
    stdin: {
      contents: source,
      resolveDir: fileURLToPath(new URL('packages/dev', repositoryRoot)),
      loader: 'ts',
    },
    outfile: file,
    bundle: true,
    metafile: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    // The packages' own ES modules: tree shaking works, and the result is a third smaller.
    mainFields: ['module', 'main'],
    // CommonJS packages in an ES module bundle still call require.
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    logLevel: 'silent',
  });
  const outputs = Object.values(metafile.outputs);
  const used = outputs.flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? path : [])),
  );
  return {
    file,
    bytes: outputs.reduce((sum, { bytes }) => sum + bytes, 0),
    packages: new Set(used.flatMap((path) => findPackage(path) ?? [])),
  };
}

/** `@aws-sdk/client-sqs` of `node_modules/.pnpm/.../node_modules/@aws-sdk/client-sqs/dist-es/index.js`. */
function findPackage(path: string): string | undefined {
  return /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];
}
