import { type Command, Option } from 'commander';
import { parseSeconds } from './parse-seconds.ts';
import type { TokenOptions } from './run.ts';

/** `payments token`: a token of the local run's own issuer, for the admin route. */
export function defineTokenCommand(token: Command): void {
  token
    .option('--admin', 'a token of a member of the group admin')
    .addOption(
      new Option(
        '--use <kind>',
        'the id token that the admin route takes, or the access token that it refuses',
      )
        .choices(['id', 'access'])
        .default('id'),
    )
    .option('--expires-in <seconds>', 'how long it holds, at most a day', parseSeconds, 3600)
    .showHelpAfterError('(payments token --help shows what there is)')
    .action(async (options: TokenOptions) => {
      const { runToken } = await import('./run.ts');
      await runToken(options);
    });
}
