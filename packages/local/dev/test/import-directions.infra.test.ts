import { spawnSync } from 'node:child_process';
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import * as z from 'zod';

const root = join(import.meta.dirname, '../../../..');
let project: string;

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'imports-'));
});
afterEach(() => rmSync(project, { recursive: true, force: true }));

function write(files: Record<string, string>) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(project, path)), { recursive: true });
    writeFileSync(join(project, path), text);
  }
}

/** Runs the project's own check on a small tree of files. */
function check(files: Record<string, string>) {
  write(files);
  const result = spawnSync(
    join(root, 'node_modules/.bin/depcruise'),
    ['--config', join(root, '.dependency-cruiser.mjs'), 'packages', 'services'],
    { cwd: project, encoding: 'utf8' },
  );
  return { status: result.status, output: result.stdout + result.stderr };
}

const clean = {
  'packages/core/contracts/src/event.ts': 'export const event = 1;\n',
  'packages/core/runtime/src/run.ts':
    "import { event } from '../../contracts/src/event.ts';\nexport const run = event;\n",
  'services/tiers/src/handler.ts':
    "import { run } from '../../../packages/core/runtime/src/run.ts';\nexport const handler = run;\n",
  'services/webhook/src/handler.ts':
    "import { registry } from '../../../packages/gateways/registry/src/registry.ts';\nexport const handler = registry;\n",
  'packages/gateways/phonepe/src/adapter.ts': 'export const adapter = 1;\n',
  'packages/gateways/other/src/adapter.ts': 'export const adapter = 1;\n',
  'packages/gateways/registry/src/registry.ts':
    "import { adapter } from '../../phonepe/src/adapter.ts';\nexport const registry = adapter;\n",
  'packages/web/button/src/button.tsx':
    "import type { Event } from '../../../core/contracts/src/event-type.ts';\nexport const button: Event = 1;\n",
  'packages/core/contracts/src/event-type.ts': 'export type Event = number;\n',
  'packages/local/dev/src/start.ts':
    "import { handler } from '../../../../services/tiers/src/handler.ts';\nexport const start = handler;\n",
};

it('lets imports go down the floors', () => {
  expect(check(clean)).toMatchObject({ status: 0 });
});

const violations: [what: string, rule: string, files: Record<string, string>][] = [
  [
    'a service that imports another',
    'no-service-imports-another',
    {
      'services/tiers/src/no-service-imports-another.ts':
        "import { handler } from '../../webhook/src/handler.ts';\nexport const other = handler;\n",
    },
  ],
  [
    'a library that imports a service',
    'libraries-and-the-command-line-import-no-service',
    {
      'packages/core/runtime/src/libraries-and-the-command-line-import-no-service.ts':
        "import type { handler } from '../../../../services/webhook/src/handler.ts';\nexport type Other = typeof handler;\n",
    },
  ],
  [
    'the command line that imports a service',
    'libraries-and-the-command-line-import-no-service',
    {
      'packages/tooling/cli/src/libraries-and-the-command-line-import-no-service.ts':
        "import { handler } from '../../../../services/webhook/src/handler.ts';\nexport const other = handler;\n",
    },
  ],
  [
    'contracts that import something of ours',
    'contracts-import-nothing-of-ours',
    {
      'packages/core/contracts/src/contracts-import-nothing-of-ours.ts':
        "import { run } from '../../runtime/src/run.ts';\nexport const other = run;\n",
    },
  ],
  [
    'a service that imports the local run',
    'what-ships-imports-nothing-of-this-machine',
    {
      'services/webhook/src/what-ships-imports-nothing-of-this-machine.ts':
        "import { start } from '../../../packages/local/dev/src/start.ts';\nexport const other = start;\n",
    },
  ],
  [
    'a service that names an adapter',
    'only-the-registry-names-an-adapter',
    {
      'services/webhook/src/only-the-registry-names-an-adapter.ts':
        "import { adapter } from '../../../packages/gateways/phonepe/src/adapter.ts';\nexport const other = adapter;\n",
    },
  ],
  [
    'core that names a gateway',
    'core-knows-no-gateway',
    {
      'packages/core/runtime/src/core-knows-no-gateway.ts':
        "import { registry } from '../../../gateways/registry/src/registry.ts';\nexport const other = registry;\n",
    },
  ],
  [
    'an adapter that imports another',
    'no-adapter-imports-another',
    {
      'packages/gateways/other/src/more.ts':
        "import { adapter } from '../../phonepe/src/adapter.ts';\nexport const more = adapter;\n",
    },
  ],
  [
    'a registry that knows AWS',
    'the-gateways-know-no-aws',
    {
      'packages/gateways/registry/src/the-gateways-know-no-aws.ts':
        "import { run } from '../../../core/runtime/src/run.ts';\nexport const other = run;\n",
    },
  ],
  [
    'a service that ships what only tests use',
    'test-helpers-only-in-tests',
    {
      'packages/core/runtime/src/testing/fake.ts': 'export const fake = 1;\n',
      'services/webhook/src/test-helpers-only-in-tests.ts':
        "import { fake } from '../../../packages/core/runtime/src/testing/fake.ts';\nexport const other = fake;\n",
    },
  ],
  [
    'a page that imports the domain',
    'pages-import-types-of-the-contracts-alone',
    {
      'packages/web/shop/src/page.tsx':
        "import { run } from '../../../core/runtime/src/run.ts';\nexport const page = run;\n",
    },
  ],
  [
    'a page that carries a schema to the browser',
    'pages-carry-no-contract',
    {
      'packages/web/shop/src/schema.ts':
        "import { event } from '../../../core/contracts/src/event.ts';\nexport const schema = event;\n",
    },
  ],
  [
    'a package that imports a page',
    'what-is-no-page-imports-none',
    {
      'packages/web/shop/src/shop.ts': 'export const shop = 1;\n',
      'packages/core/runtime/src/what-is-no-page-imports-none.ts':
        "import { shop } from '../../../web/shop/src/shop.ts';\nexport const other = shop;\n",
    },
  ],
  [
    'a circle',
    'no-circles',
    {
      'packages/core/runtime/src/a.ts': "import { b } from './b.ts';\nexport const a = () => b;\n",
      'packages/core/runtime/src/b.ts': "import { a } from './a.ts';\nexport const b = () => a;\n",
    },
  ],
];

it('refuses imports against the rules, each by its name, and has one line for each', () => {
  const { status, output } = check(Object.assign({}, clean, ...violations.map((each) => each[2])));
  expect(status).not.toBe(0);
  const lines = output.split('\n');
  for (const [what, rule, files] of violations) {
    const named = lines.filter((line) => line.includes(` ${rule}: `));
    const isNamed = Object.keys(files).some((file) => named.some((line) => line.includes(file)));
    expect(isNamed, `${what}: ${named}`).toBe(true);
  }
});

it('installs no package that needs one that needs it, not even for its tests', () => {
  write({
    'package.json': '{ "name": "house", "private": true }',
    'pnpm-workspace.yaml': readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8'),
    'packages/core/runtime/package.json':
      '{ "name": "runtime", "devDependencies": { "kit": "workspace:*" } }',
    'packages/tooling/kit/package.json':
      '{ "name": "kit", "dependencies": { "runtime": "workspace:*" } }',
  });
  const result = spawnSync(join(root, 'node_modules/.bin/pnpm'), ['install', '--offline'], {
    cwd: project,
    encoding: 'utf8',
  });
  expect(result.status).not.toBe(0);
  expect(result.stdout + result.stderr).toContain('DISALLOW_WORKSPACE_CYCLES');
});

const manifestSchema = z.object({
  name: z.string(),
  exports: z.record(z.string(), z.string()).default({}),
});

it('opens to other packages no file that none of them imports', () => {
  const list = (pattern: string) =>
    globSync(pattern, { cwd: root, exclude: (path) => path.endsWith('node_modules') });
  const sources = list('{packages,services,stacks}/**/*.{ts,tsx,mjs}')
    .map((path) => readFileSync(join(root, path), 'utf8'))
    .join();
  const unused = list('{packages/*,services}/*/package.json').flatMap((path) => {
    const { name, exports } = manifestSchema.parse(
      JSON.parse(readFileSync(join(root, path), 'utf8')),
    );
    // What frontends elsewhere import, no package here need import.
    if (path.startsWith('packages/web/')) return [];
    // A package that opens all of its folder (`./*`) has hardly a file of its own.
    return Object.keys(exports)
      .filter((key) => !key.includes('*'))
      .map((key) => `${name}${key.slice(1)}`)
      .filter((entry) => !sources.includes(`'${entry}'`));
  });
  expect(unused).toEqual([]);
});
