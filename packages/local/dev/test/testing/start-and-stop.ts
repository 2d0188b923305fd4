import { startLocalRun } from '../../src/start.ts';

/** Run as a process of its own: it must end by itself once the run is stopped. */
const run = await startLocalRun({ log: () => undefined });
await fetch(`${run.url}/health`);
await run.idle();
await run.stop();
process.stdout.write('stopped');
