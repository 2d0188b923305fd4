import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { AwsError } from '../front/aws-error.ts';
import { defineOperation, performOperation } from '../front/operation.ts';
import type { PoolUser, UserPool } from './user-pool.ts';

/** Cognito's sign-in by an administrator's call, for the pools that were added. */
export interface UserPools {
  add(pool: UserPool): void;
  /** Performs an operation; throws or rejects with Cognito's own errors. */
  perform(operation: string, input: unknown): object | Promise<object>;
}

const FLOW = 'ADMIN_USER_PASSWORD_AUTH';
const SHORTEST_PASSWORD = 8;

const where = { UserPoolId: z.string(), ClientId: z.string() };
const initiateSchema = z.strictObject({
  ...where,
  AuthFlow: z.string(),
  AuthParameters: z.strictObject({ USERNAME: z.string(), PASSWORD: z.string() }),
});
const respondSchema = z.strictObject({
  ...where,
  Session: z.string(),
  ChallengeName: z.enum(['NEW_PASSWORD_REQUIRED', 'SOFTWARE_TOKEN_MFA']),
  ChallengeResponses: z.record(z.string(), z.string()),
});

type Challenge = z.infer<typeof respondSchema>['ChallengeName'];

/** A sign-in on its way: what was asked last, and what was answered before. */
interface Session {
  user: PoolUser;
  asked: Challenge;
  answered: readonly Challenge[];
}

export function createUserPools(): UserPools {
  const pools = new Map<string, UserPool>();
  const sessions = new Map<string, Session>();
  /** Passwords that users have set themselves. */
  const chosen = new Map<PoolUser, string>();

  function findPool(id: string, clientId: string, flow: string): UserPool {
    const pool = pools.get(id);
    if (!pool) throw notThere(`User pool ${id} does not exist.`);
    const client = pool.clients.find((each) => each.id === clientId);
    if (!client) throw notThere(`User pool client ${clientId} does not exist.`);
    if (flow !== FLOW || !client.explicitAuthFlows.includes(`ALLOW_${FLOW}`)) {
      throw new AwsError('InvalidParameterException', 'Auth flow not enabled for this client');
    }
    return pool;
  }

  /** The next question, or the tokens where none is left. */
  async function goOn(
    pool: UserPool,
    clientId: string,
    user: PoolUser,
    answered: readonly Challenge[],
  ): Promise<object> {
    const asked = listChallenges(user, chosen.has(user)).find((each) => !answered.includes(each));
    if (asked) {
      const Session = randomUUID();
      sessions.set(Session, { user, asked, answered });
      const ChallengeParameters = { USER_ID_FOR_SRP: user.username };
      return { ChallengeName: asked, Session, ChallengeParameters };
    }
    const { idToken, accessToken, expiresInSeconds } = await pool.issue(user, clientId);
    return {
      AuthenticationResult: {
        IdToken: idToken,
        AccessToken: accessToken,
        ExpiresIn: expiresInSeconds,
        TokenType: 'Bearer',
      },
      ChallengeParameters: {},
    };
  }

  const operations = {
    AdminInitiateAuth: defineOperation(initiateSchema, (input) => {
      const { UserPoolId, ClientId, AuthFlow, AuthParameters } = input;
      const pool = findPool(UserPoolId, ClientId, AuthFlow);
      const { USERNAME, PASSWORD } = AuthParameters;
      const user = pool.users.find(
        ({ email, username }) => email === USERNAME || username === USERNAME,
      );
      // Who is not there gets the same answer, as PreventUserExistenceErrors has it.
      if (!user || PASSWORD !== (chosen.get(user) ?? user.password)) {
        throw notAuthorized('Incorrect username or password.');
      }
      return goOn(pool, ClientId, user, []);
    }),
    AdminRespondToAuthChallenge: defineOperation(respondSchema, (input) => {
      const { UserPoolId, ClientId, ChallengeName, ChallengeResponses } = input;
      const pool = findPool(UserPoolId, ClientId, FLOW);
      const session = sessions.get(input.Session);
      const { user, asked, answered } = session ?? {};
      if (!user || !answered || asked !== ChallengeName) {
        throw notAuthorized('Invalid session for the user.');
      }
      // Not the address: Cognito wants the name that it gave.
      if (ChallengeResponses.USERNAME !== user.username) {
        throw notAuthorized('Invalid session for the user.');
      }
      if (ChallengeName === 'SOFTWARE_TOKEN_MFA') {
        checkCode(user, ChallengeResponses.SOFTWARE_TOKEN_MFA_CODE);
      } else {
        chosen.set(user, checkPassword(ChallengeResponses.NEW_PASSWORD));
      }
      sessions.delete(input.Session);
      return goOn(pool, ClientId, user, [...answered, ChallengeName]);
    }),
  };

  return {
    add: (pool) => {
      pools.set(pool.id, pool);
    },
    perform: (operation, input) => performOperation(operations, operation, input),
  };
}

function listChallenges(user: PoolUser, hasChosen: boolean): Challenge[] {
  return [
    ...(user.hasTemporaryPassword && !hasChosen ? (['NEW_PASSWORD_REQUIRED'] as const) : []),
    ...(user.softwareTokenCode === undefined ? [] : (['SOFTWARE_TOKEN_MFA'] as const)),
  ];
}

function checkCode({ softwareTokenCode }: PoolUser, code: string | undefined): void {
  if (code === softwareTokenCode) return;
  throw new AwsError('CodeMismatchException', 'Invalid code received for user');
}

function checkPassword(password = ''): string {
  if (password.length >= SHORTEST_PASSWORD) return password;
  throw new AwsError(
    'InvalidPasswordException',
    'Password does not conform to policy: Password not long enough',
  );
}

function notAuthorized(message: string): AwsError {
  return new AwsError('NotAuthorizedException', message);
}

function notThere(message: string): AwsError {
  return new AwsError('ResourceNotFoundException', message);
}
