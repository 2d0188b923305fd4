import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const { resolve } = createRequire(import.meta.url);
const css = 'text/css; charset=utf-8';
const javascript = 'text/javascript; charset=utf-8';

const assets = {
  'swagger-ui.css': { type: css, path: () => resolve('swagger-ui-dist/swagger-ui.css') },
  'swagger-ui-bundle.js': {
    type: javascript,
    path: () => resolve('swagger-ui-dist/swagger-ui-bundle.js'),
  },
  'show-api.js': { type: javascript, path: () => new URL('browser/show-api.js', import.meta.url) },
  'docs.css': { type: css, path: () => new URL('browser/docs.css', import.meta.url) },
};

type AssetName = keyof typeof assets;

/** Everything that the pages load. */
export const assetNames: readonly AssetName[] = [
  'swagger-ui.css',
  'swagger-ui-bundle.js',
  'show-api.js',
  'docs.css',
];

/** A file from disk, with its media type. */
export async function readAsset(name: AssetName): Promise<{ type: string; content: string }> {
  const { type, path } = assets[name];
  return { type, content: await readFile(path(), 'utf8') };
}
