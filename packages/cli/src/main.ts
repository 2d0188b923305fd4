import { acceptDefaultRegion } from './environment/default-region.ts';
import { runProgram } from './program.ts';
import { shell } from './shell.ts';

// Whoever reads the results may have read enough (`| head`): no error of ours.
for (const stream of [shell().output, shell().errors]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

await acceptDefaultRegion(process.env);
await runProgram(process.argv.slice(2));
