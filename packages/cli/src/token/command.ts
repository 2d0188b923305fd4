import { type Command, Option } from 'commander';
import { parseSeconds } from './parse-seconds.ts';
import type { TokenOptions } from './run.ts';

/** `payments token`: a token of the local run's own issuer, for the admin route. */
export function addTokenCommand(program: Command): void {
  program
    .command('token')
    .description('print a token for the admin route of a local run, and nothing else')
    .option('--admin', 'a token of a member of the group admin')
    .addOption(
      new Option('--use <kind>', 'which of the two tokens').choices(['id', 'access']).default('id'),
    )
    .option('--expires-in <seconds>', 'how long it holds, at most a day', parseSeconds, 3600)
    .action(async (options: TokenOptions) => {
      const { runToken } = await import('./run.ts');
      await runToken(options);
    });
}
