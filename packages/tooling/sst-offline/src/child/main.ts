import { writeFile } from 'node:fs/promises';
import type { Graph } from '../graph/graph.ts';
import { sstPaths } from '../platform/paths.ts';
import { collectFailures } from './failures.ts';
import { loadApp } from './load-app.ts';
import { loadProgram } from './load-program.ts';
import { readOptions } from './options.ts';
import { loadMockMonitor, loadPulumi } from './pulumi.ts';
import { startRecorder } from './record/start-recorder.ts';
import { toGraph } from './record/to-graph.ts';
import { startRpc } from './rpc/start-rpc.ts';
import { useFixedRandomness } from './use-fixed-randomness.ts';

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
