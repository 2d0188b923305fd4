import { escapeUnprintable } from '@cloudnestle/dev/terminal/printable';
import { CliError } from '../cli-error.ts';
import { readEnvironment } from '../environment/read-environment.ts';
import { print } from '../output/print.ts';
import { requestToken } from './request-token.ts';

export interface TokenOptions {
  admin?: boolean;
  use: 'id' | 'access';
  expiresIn: number;
}

/** The group whose members may use the admin route. */
const ADMIN_GROUP = 'admin';

/** Prints the token alone, so that `$(payments token --admin)` is one. */
export async function runToken({ admin, use, expiresIn }: TokenOptions): Promise<void> {
  const { stage, admins } = await readEnvironment();
  if (admins.tokenUrl === undefined) throw explainSignIn(stage, admins.clientIds);
  const token = await requestToken(admins.tokenUrl, {
    groups: admin ? [ADMIN_GROUP] : [],
    use,
    expiresInSeconds: expiresIn,
  });
  print(escapeUnprintable(token));
}

/** Where people sign in with a password, no command can do it for them. */
function explainSignIn(stage: string, [clientId = '<client id>']: readonly string[]): CliError {
  return new CliError([
    `Tokens of the stage ${stage} come from its Cognito user pool. Sign in there:`,
    `  aws cognito-idp initiate-auth --auth-flow USER_PASSWORD_AUTH --client-id ${clientId} --auth-parameters USERNAME=...,PASSWORD=...`,
    'The id token of the answer is the one to send.',
  ]);
}
