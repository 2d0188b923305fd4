import { defineConfig } from 'vitest/config';

const everything = '{packages,services}/**/*.{test,integration.test,infra.test,e2e.test}.ts';
/** The official client keeps one static instance per process, so these files cannot share theirs. */
const alone = '**/official-*.test.ts';

const limits = { testTimeout: 20_000, hookTimeout: 30_000 };

export default defineConfig({
  test: {
    // Half of the time goes into waiting for answers, so even two cores carry two files at once.
    maxWorkers: 2,
    projects: [
      {
        test: {
          ...limits,
          name: 'shared',
          include: [everything],
          exclude: [alone, '**/node_modules/**'],
          // Every file starts and stops what it needs; loading the AWS clients once per worker saves minutes.
          isolate: false,
        },
      },
      { test: { ...limits, name: 'alone', include: [alone], exclude: ['**/node_modules/**'] } },
    ],
    coverage: {
      provider: 'v8',
      include: ['{packages,services}/*/src/**/*.ts'],
      exclude: ['**/*.test.ts', '**/testing/**'],
      reporter: ['text-summary'],
    },
  },
});
