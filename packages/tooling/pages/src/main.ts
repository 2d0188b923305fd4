import { build } from 'vite';

const [page = '', outDir = ''] = process.argv.slice(2);
await build({ root: page, logLevel: 'error', build: { outDir, emptyOutDir: true } });
