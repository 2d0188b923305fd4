import { defineConfig } from 'vitest/config';

const everything = '{packages,services,stacks}/**/*.{test,integration.test,infra.test,e2e.test}.ts';
/** They start commands and wait for queues that nothing comes from any more: hardly any work for a machine. */
const commands = 'packages/cli/**/*.e2e.test.ts';
/** Hundreds of payments at once in one process: beside others on two cores, mails would run out of time. */
const crowd = 'packages/dev/test/reconciliation.e2e.test.ts';
/** The official client keeps one static instance per process, so these files cannot share theirs. */
const alone = '**/official-*.test.ts';

/** Nets for a hang, far above the usual time: a slow machine is no reason to fail. */
const limits = { testTimeout: 180_000, hookTimeout: 180_000 };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...limits,
          name: 'shared',
          include: [everything],
          exclude: [alone, commands, crowd, '**/node_modules/**'],
          // Half of the time goes into waiting for answers, so even two cores carry three files at once.
          maxWorkers: 3,
          // Every file starts and stops what it needs; loading the AWS clients once per worker saves minutes.
          isolate: false,
        },
      },
      {
        test: {
          ...limits,
          name: 'commands',
          include: [commands],
          exclude: ['**/node_modules/**'],
          maxWorkers: 6,
          isolate: false,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...limits,
          name: 'crowd',
          include: [crowd],
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          ...limits,
          name: 'alone',
          include: [alone],
          exclude: ['**/node_modules/**'],
          maxWorkers: 3,
        },
      },
    ],
    coverage: {
      provider: 'v8',
      include: ['{packages,packages/tooling,services}/*/src/**/*.ts'],
      exclude: ['**/*.test.ts', '**/testing/**'],
      reporter: ['text-summary'],
    },
  },
});
