import { inspect } from 'node:util';
import { acceptDefaultRegion } from './environment/default-region.ts';
import { tell } from './output/print.ts';
import { runProgram } from './program.ts';
import { shell } from './shell.ts';

// Whoever reads the results may have read enough (`| head`): no error of ours.
for (const stream of [shell().output, shell().errors]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

try {
  await acceptDefaultRegion(process.env);
  await runProgram(process.argv.slice(2));
} catch (error) {
  // A bug. Node would print its message as it is, and that may quote what is stored.
  tell(...inspect(error).split('\n'));
  process.exitCode = 1;
}
