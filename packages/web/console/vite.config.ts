import { defineConfig } from 'vite';

/** The API of a local run, for `pnpm --filter @cloudnestle/console dev`. */
const api = 'http://127.0.0.1:3000';

export default defineConfig({
  base: '/console/',
  oxc: { jsx: { runtime: 'automatic' } },
  // Everything that a page runs or shows comes from its own origin: no inline script, no data in an attribute.
  build: { target: 'es2023', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  server: {
    proxy: Object.fromEntries(
      ['/payments', '/local-issuer', '/console/config.json', '/dev'].map((path) => [path, api]),
    ),
  },
});
