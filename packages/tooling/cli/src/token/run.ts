import { escapeUnprintable } from '@cloudnestle/contracts/printable';
import type { EnvironmentSecret } from '@cloudnestle/contracts/secrets/environment';
import { PROGRAM } from '@cloudnestle/operations/words/program-name';
import { timeLimitMs } from '@cloudnestle/payments/time-limits';
import { describeError } from '@cloudnestle/runtime/errors';
import * as z from 'zod';
import { CliError } from '../cli-error.ts';
import { readEnvironment } from '../environment/read-environment.ts';
import { print } from '../output/print.ts';

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
  // A user who is named signs in, on a local run too.
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
        `${email} is not in the group ${group}. An administrator of the pool puts them into it:`,
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

interface TokenRequest {
  groups: readonly string[];
  use: 'id' | 'access';
  expiresInSeconds: number;
}

const TIMEOUT_MS = 5000;
const answerSchema = z.object({ token: z.string().min(1) });

/** Asks a local issuer for a token; throws a `CliError` where it is gone or refuses. */
async function requestToken(tokenUrl: string, request: TokenRequest): Promise<string> {
  const answer = await post(tokenUrl, request);
  if (!answer.ok) throw new CliError(`The token issuer at ${tokenUrl} answered ${answer.status}.`);
  const parsed = answerSchema.safeParse(await answer.json().catch(() => undefined));
  if (!parsed.success) throw new CliError(`What answers at ${tokenUrl} is no token issuer.`);
  return parsed.data.token;
}

async function post(url: string, body: unknown): Promise<Response> {
  try {
    return await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(timeLimitMs(TIMEOUT_MS)),
    });
  } catch (error) {
    throw new CliError(
      `The token issuer at ${url} does not answer (${describeError(error)}). Is \`${PROGRAM} dev\` running?`,
      { cause: error },
    );
  }
}

const claimsSchema = z.object({ 'cognito:groups': z.array(z.string()).default([]) });

/** The groups in a token that Cognito has just given; it is not checked any further. */
function readGroups(token: string): readonly string[] {
  const [, payload = ''] = token.split('.');
  const text = Buffer.from(payload, 'base64url').toString('utf8');
  return claimsSchema.parse(JSON.parse(text))['cognito:groups'];
}
