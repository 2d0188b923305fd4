import { PROGRAM } from '@cloudnestle/operations/words/program-name';
import { type Command, Option } from 'commander';
import { wholeNumber } from '../parse-number.ts';
import type { TokenOptions } from './run.ts';

const DAY_SECONDS = 24 * 60 * 60;

/** `payments token`: a token for the admin route. */
export function defineTokenCommand(token: Command): void {
  token
    .option('--admin', 'only a token of a member of the group of admins')
    .option('--user <email>', 'who signs in; asked for where it is left out')
    .addOption(
      new Option(
        '--use <kind>',
        'which of the two tokens (default: the one that the stage takes)',
      ).choices(['id', 'access']),
    )
    .option(
      '--expires-in <seconds>',
      'of a local run: how long it holds, at most a day',
      wholeNumber('seconds are', 1, DAY_SECONDS),
    )
    .showHelpAfterError(`(${PROGRAM} token --help shows what there is)`)
    .addHelpText(
      'after',
      `
Prints the token and nothing else; questions go to standard error, so that TOKEN=$(${PROGRAM} token --admin) is one.

On a stage that is deployed an admin signs in to its Cognito user pool: the email and the password are asked for, then what
the pool asks besides, a password of one's own where an administrator chose the first, and the code of an app for it. It
takes AWS credentials with the policy for operators who repair as well: without them no attacker can try passwords. The
token holds as long as the pool says. Where standard input is no terminal, each of its lines answers one question, without the email's.

On a local run the token is of a developer who does not exist; with --user, its own pool is signed in to:
local-admin@example.com, password Local-admin-1.

  TOKEN=$(${PROGRAM} token --admin)
  ${PROGRAM} token --admin --user anna@example.com < password.txt
  ${PROGRAM} token --admin --expires-in 60`,
    )
    .action(async (options: TokenOptions) => {
      const { runToken } = await import('./run.ts');
      await runToken(options);
    });
}
