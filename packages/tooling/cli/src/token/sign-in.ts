import {
  AdminInitiateAuthCommand,
  AdminRespondToAuthChallengeCommand,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import type { EnvironmentSecret } from '@cloudnestle/contracts/secrets/environment';
import { timeLimitMs } from '@cloudnestle/payments/time-limits';
import { terminalSignIn } from '@cloudnestle/topology/terminal-sign-in';
import { CliError } from '../cli-error.ts';
import type { Prompt } from './prompt.ts';

type Terminal = NonNullable<EnvironmentSecret['admins']['terminal']>;

const CONNECTION_TIMEOUT_MS = 2000;
const TIMEOUT_MS = 10_000;
/** A new password, a choice and a code; a pool that asks more asks in a circle. */
const MOST_CHALLENGES = 5;

/**
 * Signs an admin in to the user pool with the password and whatever else the pool asks for, and returns both tokens.
 * Throws a `CliError` in words where the admin, the pool or AWS's rights do not allow it.
 */
export async function signIn(
  terminal: Terminal,
  email: string,
  prompt: Prompt,
): Promise<{ id: string; access: string }> {
  const client = new CognitoIdentityProviderClient({
    maxAttempts: 2,
    requestHandler: {
      connectionTimeout: timeLimitMs(CONNECTION_TIMEOUT_MS),
      requestTimeout: timeLimitMs(TIMEOUT_MS),
      throwOnRequestTimeout: true,
    },
  });
  const password = await prompt.askSecret('Password: ');
  try {
    return await exchange(client, terminal, { email, password }, prompt);
  } catch (error) {
    throw explainRefusal(error, terminal) ?? error;
  } finally {
    client.destroy();
  }
}

async function exchange(
  client: CognitoIdentityProviderClient,
  { userPoolId, clientId }: Terminal,
  { email, password }: { email: string; password: string },
  prompt: Prompt,
): Promise<{ id: string; access: string }> {
  const where = { UserPoolId: userPoolId, ClientId: clientId };
  let answer = await client.send(
    new AdminInitiateAuthCommand({
      ...where,
      AuthFlow: terminalSignIn.authFlow,
      AuthParameters: { USERNAME: email, PASSWORD: password },
    }),
  );
  // A user who signs in by an address has another name in the pool, and only that one is taken from here on.
  const username = answer.ChallengeParameters?.USER_ID_FOR_SRP ?? email;
  for (let asked = 0; answer.ChallengeName !== undefined; asked += 1) {
    if (asked === MOST_CHALLENGES) throw new CliError('Not signed in: the pool goes on asking.');
    const response = await meetChallenge(answer.ChallengeName, prompt);
    answer = await client.send(
      new AdminRespondToAuthChallengeCommand({
        ...where,
        Session: answer.Session,
        ChallengeName: answer.ChallengeName,
        ChallengeResponses: { USERNAME: username, ...response },
      }),
    );
  }
  const { IdToken: id, AccessToken: access } = answer.AuthenticationResult ?? {};
  if (!id || !access) throw new CliError('Not signed in: the user pool gave no tokens.');
  return { id, access };
}

/** What an admin can do about a refusal; undefined where it is none of the user pool's. */
function explainRefusal(error: unknown, { userPoolId, clientId }: Terminal): CliError | undefined {
  if (!(error instanceof Error)) return undefined;
  const words = refusals[error.name]?.({ message: error.message, userPoolId, clientId });
  return words === undefined ? undefined : new CliError(words, { cause: error });
}

interface Refusal extends Terminal {
  message: string;
}

const asSaid = ({ message }: Refusal) => `Not signed in: ${message}`;

const refusals: Readonly<Record<string, (refusal: Refusal) => string>> = {
  // Wrong password, unknown user, disabled, a temporary password that has expired: Cognito says which.
  NotAuthorizedException: asSaid,
  UserNotFoundException: asSaid,
  UserNotConfirmedException: asSaid,
  CodeMismatchException: asSaid,
  ExpiredCodeException: asSaid,
  InvalidPasswordException: asSaid,
  PasswordResetRequiredException: ({ message }) =>
    `Not signed in: ${message} Choose a new password on the admins' page, or have an administrator set one.`,
  InvalidParameterException: ({ message, clientId }) =>
    `Not signed in: ${message}. Does the app client ${clientId} allow ${terminalSignIn.authFlow}? Deploy the stage again; in a pool ` +
    'that was there before, it is the client that stacks/config/stages.ts names as terminalClientId.',
  ResourceNotFoundException: ({ message }) => `Not signed in: ${message} Deploy the stage again.`,
  AccessDeniedException: ({ userPoolId }) =>
    `Not signed in: these AWS credentials may not do ${terminalSignIn.actions.join(' and ')} on the user pool ${userPoolId}. ` +
    'The policy for operators who repair allows it.',
};

/** The answer to what a user pool asks besides the password; throws a `CliError` where a terminal cannot give one. */
export async function meetChallenge(name: string, prompt: Prompt): Promise<Record<string, string>> {
  switch (name) {
    case 'NEW_PASSWORD_REQUIRED':
      prompt.tell('This password is an administrator’s: choose your own now.');
      return { NEW_PASSWORD: await prompt.askNewSecret('New password: ') };
    case 'SOFTWARE_TOKEN_MFA':
      return { SOFTWARE_TOKEN_MFA_CODE: await prompt.askText('Code of your authenticator app: ') };
    case 'SMS_MFA':
      return { SMS_MFA_CODE: await prompt.askText('Code that was sent to your phone: ') };
    case 'EMAIL_OTP':
      return { EMAIL_OTP_CODE: await prompt.askText('Code that was mailed to you: ') };
    default:
      throw new CliError(
        `Not signed in: the user pool asks for ${name}, which a terminal cannot answer. Sign in on the admins' page.`,
      );
  }
}
