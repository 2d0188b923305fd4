import crypto from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import * as z from 'zod';
import type { Graph } from '../graph/graph.ts';
import { sstPaths } from '../platform/paths.ts';
import { loadApp, loadProgram } from './load-config.ts';
import { loadMockMonitor, loadPulumi } from './pulumi.ts';
import { collectFailures, startRecorder, toGraph } from './recorder.ts';
import { startRpc } from './start-rpc.ts';

const optionsSchema = z.object({
  root: z.string(),
  stage: z.string(),
  config: z.string().default('sst.config.ts'),
  /** Where the evaluation is written. */
  out: z.string(),
  /** For what lives as long as this process. */
  directory: z.string(),
});
type Options = z.infer<typeof optionsSchema>;

/** What this process was started for. */
function readOptions(text = ''): Options {
  return optionsSchema.parse(JSON.parse(text));
}

const { root, stage, config, out, directory } = readOptions(process.argv[2]);
const failures = collectFailures();
/** Undefined until the config has returned. */
let build: (() => { graph: Graph; sources: string[] }) | undefined;

// As Pulumi's own language host has it: a program is done when nothing is left to wait for.
process.once('beforeExit', async () => {
  if (!build) failures.add('the config did not finish');
  if (build && failures.isEmpty()) {
    await writeFile(out, JSON.stringify(build()));
    return;
  }
  process.stderr.write(`${failures.toText()}\n`);
  process.exit(1);
});

try {
  await start();
} catch (error) {
  failures.add(error);
}

async function start(): Promise<void> {
  const paths = sstPaths(root);
  const app = await loadApp({ paths, config, stage });
  const pulumi = loadPulumi(paths);
  const { url } = await startRpc(root);
  Object.assign(process.env, { SST_SERVER: url, SST_AWS_REGION: app.region });
  useFixedRandomness();
  const recorder = await startRecorder(pulumi, loadMockMonitor(paths), app, failures);
  const { program, sources } = await loadProgram({ paths, config, app, directory });
  const hide = { [directory]: '<tmp>', [root]: '<root>' };
  pulumi.runtime.runInPulumiStack(program).then((outputs) => {
    build = () => ({ graph: toGraph({ app, recorder, outputs, pulumi, hide }), sources });
  }, failures.add);
}

/** Physical names end in random letters: these are the same in every evaluation. */
function useFixedRandomness(): void {
  Object.assign(crypto, { randomBytes: (size: number) => Buffer.alloc(size) });
  syncBuiltinESMExports();
}
