import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{packages,services}/**/*.{test,integration.test,infra.test,e2e.test}.ts'],
    testTimeout: 20_000,
    hookTimeout: 30_000,
    coverage: {
      provider: 'v8',
      include: ['{packages,services}/*/src/**/*.ts'],
      reporter: ['text-summary'],
    },
  },
});
