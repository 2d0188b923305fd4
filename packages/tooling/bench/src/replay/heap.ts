import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Kilobytes of the heap that are still in use after everything else was collected. */
export function heapInUseKb(): number {
  collect();
  return process.memoryUsage().heapUsed / 1024;
}

// The flag that shows the collector to a program has to be set before there is a context to show it in.
setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');
