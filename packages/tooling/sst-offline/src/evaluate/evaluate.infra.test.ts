import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { installPlatform } from '../platform/install-platform.ts';
import { evaluate } from './evaluate.ts';

const root = join(import.meta.dirname, '../../../../..');

beforeAll(async () => {
  await installPlatform(root);
});

/** Evaluates a config whose program is this, after `top`. */
async function evaluateProgram(program: string, top = '') {
  const directory = await mkdtemp(join(tmpdir(), 'sst-config-'));
  try {
    const file = join(directory, 'sst.config.ts');
    const app = "app: () => ({ name: 'probe', home: 'aws', removal: 'retain' })";
    await writeFile(
      file,
      `${top}\nexport default $config({ ${app}, async run() { ${program} } });`,
    );
    return await evaluate({ root, stage: 'probe', config: relative(root, file) });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

it('shows what SST’s components would create, and what would be kept secret', async () => {
  const { graph } = await evaluateProgram(`
    const table = new sst.aws.Dynamo('Things', { fields: { id: 'string' }, primaryIndex: { hashKey: 'id' } });
    new aws.ssm.Parameter('Kept', { type: 'String', value: $util.secret('hidden') });
    return { table: table.arn };`);
  const found = graph.resources.find(({ type }) => type === 'aws:dynamodb/table:Table');
  expect(found).toMatchObject({
    parent: 'Things',
    isRetained: true,
    // Random letters at a name's end are the same every time.
    inputs: { hashKey: 'id', name: 'probe-probe-ThingsTable-bdvfbzta' },
  });
  expect(graph.outputs.table).toMatch(
    /^arn:aws:dynamodb:us-east-1:\d{12}:table\/probe-probe-Things/,
  );
  const kept = graph.resources.find(({ name }) => name === 'Kept');
  expect(kept?.inputs.value).toEqual({ secret: 'hidden' });
});

it.each([
  [
    'throws inside an output',
    "aws.getRegionOutput({}).region.apply(() => { throw new Error('inside'); });",
    [/inside/],
  ],
  ['never comes to an end', 'await new Promise(() => undefined);', [/did not finish/]],
  [
    'names a bundle that is not there, asks AWS for what has no stand-in, and creates two of one name',
    `new sst.aws.Function('Absent', { handler: 'index.handler', bundle: 'nowhere' });
     aws.getAvailabilityZonesOutput({});
     new aws.sqs.Queue('Same', {});
     new aws.sqs.Queue('Same', {});`,
    [/Absent: there is no index\.mjs/, /getAvailabilityZones/, /two resources are called .*Same/],
  ],
])('fails in words where a config %s', async (_what, program, words) => {
  const said = await evaluateProgram(program).then(
    () => 'nothing',
    (error: unknown) => String(error),
  );
  for (const each of words) expect(said).toMatch(each);
});

it('refuses a config that imports at its top, as SST does', async () => {
  const importing = evaluateProgram('join();', "import { join } from 'node:path';");
  await expect(importing).rejects.toThrow(/must not import at its top/);
});
