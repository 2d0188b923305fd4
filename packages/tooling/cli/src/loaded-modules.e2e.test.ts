import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LocalRun, startLocalRun } from '@cloudnestle/dev/start';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { spawnPayments } from './testing/spawn-payments.ts';

const preload = join(import.meta.dirname, 'testing/report-loaded.ts');

let run: LocalRun;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'payments-loaded-'));
  run = await startLocalRun({ log: () => undefined, demoData: false, schedules: 'by hand' });
});
afterAll(async () => {
  await run?.stop();
  await rm(folder, { recursive: true, force: true });
});

it.each([[['--help']], [['--version']], [['launch']], [[]]])(
  'loads nothing but the command line itself for payments %j',
  async (args) => {
    const { packages, own } = await loadedBy(args);
    expect(packages).toEqual(['commander']);
    expect(own).not.toContainEqual(expect.stringMatching(/\/(command|run)\.ts$/));
    expect(own.length).toBeLessThan(10);
  },
);

/** What talks to AWS, checks what comes back, and draws tables: nothing of the local run, the frontends, or other commands. */
const needed = {
  anyCommand: [
    ...['commander', 'zod'],
    ...['@aws-sdk/client-secrets-manager', '@aws-sdk/core', '@aws-sdk/xml-builder'],
    ...['@aws-sdk/credential-provider-node', '@aws-sdk/credential-provider-env'],
    ...['@aws/lambda-invoke-store', '@smithy/core', '@smithy/types'],
    ...['@smithy/signature-v4', '@smithy/node-http-handler'],
  ],
  tables: ['cli-table3', '@colors/colors', 'string-width', 'strip-ansi', 'ansi-regex'].concat([
    'is-fullwidth-code-point',
    'emoji-regex',
  ]),
  queues: ['@aws-sdk/client-sqs', '@aws-sdk/middleware-sdk-sqs'],
  caller: ['@aws-sdk/client-sts'],
  rows: [
    ...['@aws-sdk/client-dynamodb', '@aws-sdk/lib-dynamodb', '@aws-sdk/util-dynamodb'],
    ...['@aws-sdk/dynamodb-codec', '@aws-sdk/middleware-endpoint-discovery'],
    ...['@aws-sdk/endpoint-cache', 'mnemonist', 'obliterator'],
    '@aws-sdk/signature-v4-multi-region',
  ],
  bus: ['@aws-sdk/client-eventbridge', '@aws-sdk/signature-v4-multi-region'],
  mail: ['@aws-sdk/client-sesv2'],
  gatewaySecret: ['@aws-lambda-powertools/parameters', '@aws-lambda-powertools/commons'],
} as const;

it.each([
  ['doctor', Object.keys(needed)],
  ['dlq list', ['anyCommand', 'tables', 'queues']],
  // Who goes through which queue stands in a table, with the caller's name.
  ['dlq triage', ['anyCommand', 'tables', 'queues', 'caller', 'rows']],
])('loads for payments %s only the clients that it asks', async (command, parts) => {
  const { packages, exitCode } = await loadedBy(command.split(' '));
  expect(exitCode).toBe(0);
  const allowed = Object.entries(needed).flatMap(([part, names]) =>
    parts.includes(part) ? names : [],
  );
  expect(packages.filter((name) => !allowed.some((each) => each === name))).toEqual([]);
});

/** The packages from npm and the files of ours that a command loads. */
async function loadedBy(args: readonly string[]) {
  const report = join(folder, `${args.join('-')}.txt`);
  const { exitCode } = await spawnPayments(run, args, {
    preload,
    variables: { LOADED_FILES: report },
  });
  const files = (await readFile(report, 'utf8')).split('\n');
  const packageOf = (file: string) =>
    /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? [];
  return {
    exitCode,
    packages: [...new Set(files.flatMap(packageOf))],
    own: files.filter((file) => file.startsWith('file:') && !file.includes('/node_modules/')),
  };
}
