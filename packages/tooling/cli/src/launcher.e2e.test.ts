import { type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmod,
  copyFile,
  mkdir,
  mkdtemp,
  readFile,
  rm,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../../..');
const payments = join(root, 'payments');
const preload = join(import.meta.dirname, 'testing/report-loaded.ts');

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'payments-launcher-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('./payments', () => {
  it('is found from anywhere, by its path and by a link', async () => {
    const { stdout: help } = await run(payments, ['--help']);
    expect(help).toContain('Usage: ./payments');
    const link = join(folder, 'payments');
    await symlink(payments, link);
    await symlink('payments', join(folder, 'pay'));
    for (const [command, options] of [
      [link, {}],
      [join(folder, 'pay'), {}],
      ['./pay', { cwd: folder }],
      ['../payments', { cwd: join(root, 'docs') }],
    ] as const) {
      expect(await run(command, ['--help'], options)).toMatchObject({ status: 0, stdout: help });
    }
    expect((await run('sh', ['payments', '--help'], { cwd: root })).stdout).toBe(help);
  });

  it('runs what was built, in a handful of files', async () => {
    await run(payments, ['--help']);
    const report = join(folder, 'loaded.txt');
    await run(payments, ['--help'], {
      env: { ...process.env, NODE_OPTIONS: `--import ${preload}`, LOADED_FILES: report },
    });
    const loaded = (await readFile(report, 'utf8'))
      .split('\n')
      .filter((file) => file.startsWith('file:'));
    expect(loaded.some((file) => file.includes('/.cache/payments/bundle/'))).toBe(true);
    expect(loaded.length).toBeLessThan(15);
    expect(loaded).not.toContainEqual(expect.stringContaining('/src/program.ts'));
  });

  it('is one process from the first line to the last', async () => {
    const sayPid = 'data:text/javascript,process.stderr.write(String(process.pid))';
    const { pid, stderr } = await run(payments, ['--help'], {
      env: { ...process.env, NODE_OPTIONS: `--import ${sayPid}` },
    });
    expect(stderr).toBe(`${pid}`);
  });

  it('hands on the exit status, the arguments as they are, and each stream', async () => {
    const { status, stdout, stderr } = await run(payments, ['no such *command']);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain("unknown command 'no such *command'");
  });

  it('ends quietly where its reader has read enough', async () => {
    const pipe = `"${payments}" dev --print-topology | head -n 1`;
    const { status, stdout, stderr } = await run('sh', ['-c', pipe]);
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '{\n', stderr: '' });
  });

  it('ends at Ctrl-C as the command does', async () => {
    const child = spawn(payments, ['dev', '--port', '0', '--aws-port', '0'], { stdio: 'pipe' });
    const ended = once(child, 'exit');
    let output = '';
    for await (const text of child.stdout.setEncoding('utf8')) {
      output += text;
      if (output.includes('Ready.')) break;
    }
    child.kill('SIGINT');
    expect(await ended).toEqual([0, null]);
  });
});

/** What a fresh clone has of the launcher, with `node` and a command of its own. */
describe('in a clone', () => {
  let calls: string;

  beforeEach(async () => {
    calls = join(folder, 'calls.txt');
    for (const file of ['payments', 'tools/payments.mjs', 'tools/bootstrap.mjs', 'package.json']) {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await copyFile(join(root, file), join(folder, file));
    }
    await writeFile(join(folder, 'pnpm-lock.yaml'), '');
    await executable('bin/node', `exec "${process.execPath}" "$@"`);
    await executable('bin/npx', `echo "npx $@" >> "${calls}"; exec sh "${folder}/install"`);
    await writeFile(
      join(folder, 'install'),
      `mkdir -p "${folder}/node_modules/@cloudnestle/cli/bin"
       cp "${folder}/command.mjs" "${folder}/node_modules/@cloudnestle/cli/bin/payments.mjs"
       touch "${folder}/node_modules/.modules.yaml"`,
    );
    await command("console.log(JSON.stringify(process.argv.slice(2)), process.env.MARK ?? '');");
  });

  it('installs what is missing first, once, and says so on standard error', async () => {
    const first = await launch(['dlq', 'list', 'a b']);
    expect(first).toMatchObject({ status: 0, stdout: '["dlq","list","a b"] \n' });
    expect(first.stderr).toContain('Installing what is missing (once)');
    expect(await launch([])).toMatchObject({ status: 0, stdout: '[] \n', stderr: '' });
    const { devDependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    expect(await readFile(calls, 'utf8')).toBe(
      `npx --yes pnpm@${devDependencies.pnpm} install --frozen-lockfile --reporter=silent\n`,
    );
  });

  it('installs again where the lockfile is newer than what is there', async () => {
    await launch([]);
    const later = new Date(Date.now() + 60_000);
    await utimes(join(folder, 'pnpm-lock.yaml'), later, later);
    expect((await launch([])).stderr).toContain('Installing');
  });

  it('says that installing failed, and runs nothing', async () => {
    await writeFile(join(folder, 'install'), 'exit 7');
    const { status, stdout, stderr } = await launch([]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain('installing failed (pnpm ended with 7)');
  });

  it('asks for Node where there is none', async () => {
    await rm(join(folder, 'bin/node'));
    const { status, stderr } = await run('/bin/sh', [join(folder, 'payments')], {
      env: { PATH: join(folder, 'bin') },
    });
    expect(status).toBe(127);
    expect(stderr).toContain('Node is needed, 18 or newer');
  });

  it('takes the pinned Node, not the one of the machine', async () => {
    await launch([]);
    await pinNode();
    expect((await launch([])).stdout).toBe('[] pinned\n');
  });

  it.each([
    ['exits', 'process.exit(3);', 3],
    [
      'is ended by a signal',
      "process.kill(process.pid, 'SIGTERM'); setInterval(() => 0, 1000);",
      143,
    ],
  ])('on another Node, hands on how the command ends that %s', async (_how, text, status) => {
    await pinNode();
    await command(text);
    expect((await launch([])).status).toBe(status);
  });

  it('on another Node, hands on the signals that it gets', async () => {
    await pinNode();
    await command(`
      process.on('SIGTERM', () => process.exit(5));
      setInterval(() => 0, 1000);
      console.log('up');`);
    await launch([], (child) => child.stdout?.once('data', () => child.kill('SIGTERM'))).then(
      ({ status }) => expect(status).toBe(5),
    );
  });

  const command = (text: string) => writeFile(join(folder, 'command.mjs'), text);

  const launch = (args: readonly string[], meet?: Meet) =>
    run(join(folder, 'payments'), args, { env: { PATH: `${folder}/bin:/usr/bin:/bin` } }, meet);

  /** A Node that is another file than the one of the machine, so that it has to be started. */
  const pinNode = () =>
    executable(
      `node_modules/node-${process.platform}-${process.arch}/bin/node`,
      `MARK=pinned exec "${process.execPath}" "$@"`,
    );
});

async function executable(name: string, line: string): Promise<void> {
  const file = join(folder, name);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `#!/bin/sh\n${line}\n`);
  await chmod(file, 0o755);
}

type Meet = (child: ReturnType<typeof spawn>) => void;

/** Runs to the end; the status is that of a shell. */
async function run(
  command: string,
  args: readonly string[],
  options: SpawnOptions = {},
  meet?: Meet,
) {
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      texts[name] += text;
    });
  }
  meet?.(child);
  const [status] = await once(child, 'close');
  return { status, pid: child.pid, ...texts };
}
