import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { TEST_MS, WAIT_MS } from './packages/tooling/test-kit/src/nets.ts';

const everything = '{packages,services,stacks}/**/*.{test,integration.test,infra.test,e2e.test}.ts';
/** The official client keeps one static instance per process, so these files cannot share theirs. */
const alone = '**/official-*.test.ts';

/** The longest first, so that at the end no core waits for the other: the whole system, the repository, one service, units. */
const layers = ['.e2e.test.ts', '.infra.test.ts', '.integration.test.ts', '.test.ts'];
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const layerOf = ({ moduleId }: TestSpecification) =>
      layers.findIndex((suffix) => moduleId.endsWith(suffix));
    return (await super.sort(files)).toSorted(
      (a, b) =>
        Number(b.project.config.isolate) - Number(a.project.config.isolate) ||
        layerOf(a) - layerOf(b),
    );
  }
}

/**
 * A file a core: more of them at once take the processor's caches from each other, and on two cores the whole takes a fifth longer.
 * Never one alone, for much of the time goes into waiting for answers.
 */
const maxWorkers = Math.max(2, availableParallelism());

const limits = {
  maxWorkers,
  // Most of what a request makes is gone with its answer: room for it saves a tenth of the processor time.
  execArgv: ['--max-semi-space-size=64'],
  testTimeout: TEST_MS,
  hookTimeout: TEST_MS,
  teardownTimeout: TEST_MS,
  expect: { poll: { timeout: WAIT_MS } },
};

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
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
      {
        test: {
          ...limits,
          name: 'alone',
          include: [alone],
          exclude: ['**/node_modules/**'],
        },
      },
    ],
    coverage: {
      provider: 'v8',
      include: ['{packages/*,services}/*/src/**/*.{ts,tsx}'],
      exclude: ['**/*.test.ts', '**/testing/**'],
      reporter: ['text-summary'],
    },
  },
});
