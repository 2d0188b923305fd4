import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import * as z from 'zod';

const root = join(import.meta.dirname, '../../../..');

/** All tests that bring up tables. Those of the embedded cloud itself are about its own engine. */
const suites = [
  'services/*/src/**/*.integration.test.ts',
  'packages/{core/runtime,local/provisioning}/**/*.integration.test.ts',
  'packages/local/dev/**/*.{integration,e2e}.test.ts',
  'packages/tooling/cli/**/*.e2e.test.ts',
];

export interface TestOutcome {
  /** From the root. */
  file: string;
  title: string;
  status: 'passed' | 'failed' | 'skipped';
  /** Of a failed one, its first line. */
  reason: string;
}

const reportSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().default(''),
      assertionResults: z.array(
        z.object({
          fullName: z.string(),
          status: z.string(),
          failureMessages: z
            .array(z.string())
            .nullish()
            .transform((list) => list ?? []),
        }),
      ),
    }),
  ),
});

/** Runs the tests whose file matches one of the words (all without any) with their tables at `url`. */
export async function runTests(url: string, words: readonly string[]): Promise<TestOutcome[]> {
  const files = globSync(suites, { cwd: root, exclude: (name) => name === 'node_modules' })
    .filter((file) => words.length === 0 || words.some((word) => file.includes(word)))
    .toSorted();
  if (files.length === 0) throw new Error(`no test file matches ${words.join(' ')}`);
  const work = await mkdtemp(join(tmpdir(), 'dynamodb-local-'));
  const report = join(work, 'report.json');
  try {
    const child = spawn(
      process.execPath,
      [
        join(root, 'node_modules/vitest/vitest.mjs'),
        'run',
        '--coverage.enabled=false',
        '--reporter=dot',
        '--reporter=json',
        `--outputFile.json=${report}`,
        ...files,
      ],
      { cwd: root, stdio: 'inherit', env: { ...process.env, LOCAL_CLOUD_DYNAMODB_URL: url } },
    );
    await once(child, 'exit');
    return readReport(await readFile(report, 'utf8'));
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

function readReport(text: string): TestOutcome[] {
  return reportSchema.parse(JSON.parse(text)).testResults.flatMap((result) => {
    const file = relative(root, result.name);
    const tests = result.assertionResults.map(({ fullName, status, failureMessages }) => ({
      file,
      title: fullName,
      status: toStatus(status),
      reason: firstLine(failureMessages[0] ?? ''),
    }));
    // A file that could not even be set up has no tests to speak of.
    const isBroken = result.status === 'failed' && !tests.some(({ status }) => status === 'failed');
    const broken = {
      file,
      title: '(the file)',
      status: 'failed' as const,
      reason: firstLine(result.message),
    };
    return isBroken ? [...tests, broken] : tests;
  });
}

function toStatus(status: string): TestOutcome['status'] {
  return status === 'passed' || status === 'failed' ? status : 'skipped';
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
