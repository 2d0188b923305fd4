import type { EnvironmentSecret } from '@cloudnestle/contracts/secrets/environment';
import { escapeUnprintable } from '@cloudnestle/dev/terminal/printable';
import { CliError } from '../cli-error.ts';
import { readEnvironment } from '../environment/read-environment.ts';
import { print } from '../output/print.ts';
import { readGroups } from './read-groups.ts';
import { requestToken } from './request-token.ts';

export interface TokenOptions {
  admin?: boolean;
  user?: string;
  use?: 'id' | 'access';
  expiresIn?: number;
}

const STANDARD_SECONDS = 3600;

/** Prints the token alone, so that `$(payments token --admin)` is one. */
export async function runToken(options: TokenOptions): Promise<void> {
  const { stage, admins } = await readEnvironment();
  const use = options.use ?? admins.tokenUse;
  // Whoever is named signs in, on a local run too.
  const token =
    admins.tokenUrl !== undefined && options.user === undefined
      ? await requestToken(admins.tokenUrl, {
          groups: options.admin ? [admins.group] : [],
          use,
          expiresInSeconds: options.expiresIn ?? STANDARD_SECONDS,
        })
      : await signInFor(use, options, stage, admins);
  print(escapeUnprintable(token));
}

async function signInFor(
  use: 'id' | 'access',
  { admin = false, user, expiresIn }: TokenOptions,
  stage: string,
  { terminal, group }: EnvironmentSecret['admins'],
): Promise<string> {
  if (expiresIn !== undefined) {
    throw new CliError(
      'How long a token of a user pool holds, the pool says: leave out --expires-in.',
    );
  }
  if (terminal === undefined) throw hasNoClient(stage);
  const { createPrompt } = await import('./prompt.ts');
  const { signIn } = await import('./sign-in.ts');
  const prompt = createPrompt();
  try {
    const email = user || (await prompt.askEmail());
    const tokens = await signIn(terminal, email, prompt);
    if (admin && !readGroups(tokens.id).includes(group)) {
      throw new CliError([
        `${email} is not in the group ${group}. Whoever may administrate the pool puts them into it:`,
        `  aws cognito-idp admin-add-user-to-group --user-pool-id ${terminal.userPoolId} --username ${email} --group-name ${group}`,
      ]);
    }
    return tokens[use];
  } finally {
    prompt.close();
  }
}

function hasNoClient(stage: string): CliError {
  return new CliError(
    `The user pool of the stage ${stage} has no app client for terminals: name one as terminalClientId in ` +
      'stacks/config/stages.ts, and deploy. Until then a token is had from the page on which admins sign in.',
  );
}
