import {
  AdminInitiateAuthCommand,
  AdminRespondToAuthChallengeCommand,
  type AuthFlowType,
  type ChallengeNameType,
  CognitoIdentityProviderClient,
  InitiateAuthCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalCloud, type PoolUser, startLocalCloud } from '../start.ts';

const where = { UserPoolId: 'us-east-1_Shop', ClientId: 'terminal' };
const anna: PoolUser = {
  username: 'u-anna',
  email: 'anna@example.com',
  password: 'anna-secret',
  groups: ['admin'],
};
const users: PoolUser[] = [
  anna,
  { ...anna, username: 'u-ravi', email: 'ravi@example.com', softwareTokenCode: '654321' },
  {
    ...{ ...anna, username: 'u-meera', email: 'meera@example.com' },
    ...{ hasTemporaryPassword: true, softwareTokenCode: '111111' },
  },
];

describe('Cognito’s sign-in on the local endpoint', () => {
  let cloud: LocalCloud;
  let cognito: CognitoIdentityProviderClient;
  beforeAll(async () => {
    cloud = await startLocalCloud();
    cloud.addUserPool({
      id: where.UserPoolId,
      clients: [
        { id: where.ClientId, explicitAuthFlows: ['ALLOW_ADMIN_USER_PASSWORD_AUTH'] },
        { id: 'web', explicitAuthFlows: ['ALLOW_USER_SRP_AUTH'] },
      ],
      users,
      issue: async ({ username }, clientId) => ({
        idToken: `id of ${username} for ${clientId}`,
        accessToken: `access of ${username}`,
        expiresInSeconds: 60,
      }),
    });
    cognito = new CognitoIdentityProviderClient({
      endpoint: cloud.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
  });
  afterAll(async () => {
    cognito.destroy();
    await cloud.stop();
  });

  const initiate = (
    USERNAME: string,
    PASSWORD: string,
    changes: { UserPoolId?: string; ClientId?: string; AuthFlow?: AuthFlowType } = {},
  ) =>
    cognito.send(
      new AdminInitiateAuthCommand({
        ...where,
        AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME, PASSWORD },
        ...changes,
      }),
    );
  const respond = (
    Session: string | undefined,
    ChallengeName: ChallengeNameType,
    ChallengeResponses: Record<string, string>,
  ) =>
    cognito.send(
      new AdminRespondToAuthChallengeCommand({
        ...where,
        Session,
        ChallengeName,
        ChallengeResponses,
      }),
    );

  it.each([['anna@example.com'], ['u-anna']])(
    'gives tokens for the password of %s',
    async (name) => {
      const { AuthenticationResult, ChallengeName } = await initiate(name, 'anna-secret');
      expect(ChallengeName).toBeUndefined();
      expect(AuthenticationResult).toEqual({
        IdToken: 'id of u-anna for terminal',
        AccessToken: 'access of u-anna',
        ExpiresIn: 60,
        TokenType: 'Bearer',
      });
    },
  );

  it.each([
    ['another password', () => initiate('anna@example.com', 'other'), 'NotAuthorizedException'],
    ['an unknown user, alike', () => initiate('eve@example.com', 'x'), 'NotAuthorizedException'],
    [
      'a client that does not allow the flow',
      () => initiate('anna@example.com', 'anna-secret', { ClientId: 'web' }),
      'InvalidParameterException',
    ],
    [
      'another flow',
      () => initiate('anna@example.com', 'anna-secret', { AuthFlow: 'USER_PASSWORD_AUTH' }),
      'InvalidParameterException',
    ],
    [
      'an unknown client',
      () => initiate('anna@example.com', 'anna-secret', { ClientId: 'other' }),
      'ResourceNotFoundException',
    ],
    [
      'an unknown pool',
      () => initiate('anna@example.com', 'anna-secret', { UserPoolId: 'us-east-1_Other' }),
      'ResourceNotFoundException',
    ],
    [
      'a session that is none',
      () => respond('none', 'SOFTWARE_TOKEN_MFA', { USERNAME: 'u-anna' }),
      'NotAuthorizedException',
    ],
    [
      'what anybody on the internet could call',
      () =>
        cognito.send(
          new InitiateAuthCommand({
            ClientId: where.ClientId,
            AuthFlow: 'USER_PASSWORD_AUTH',
            AuthParameters: { USERNAME: 'anna@example.com', PASSWORD: 'anna-secret' },
          }),
        ),
      'UnknownOperationException',
    ],
  ])('refuses %s', async (_what, call, name) => {
    await expect(call()).rejects.toMatchObject({ name });
  });

  it('asks for the code of who has an app for it, again after a wrong one, and only by the pool’s own name', async () => {
    const { ChallengeName, Session, ChallengeParameters } = await initiate(
      'ravi@example.com',
      'anna-secret',
    );
    expect(ChallengeName).toBe('SOFTWARE_TOKEN_MFA');
    expect(ChallengeParameters).toMatchObject({ USER_ID_FOR_SRP: 'u-ravi' });
    const answer = (USERNAME: string, SOFTWARE_TOKEN_MFA_CODE: string) =>
      respond(Session, 'SOFTWARE_TOKEN_MFA', { USERNAME, SOFTWARE_TOKEN_MFA_CODE });
    await expect(answer('u-ravi', '000000')).rejects.toMatchObject({
      name: 'CodeMismatchException',
    });
    await expect(answer('ravi@example.com', '654321')).rejects.toMatchObject({
      name: 'NotAuthorizedException',
    });
    const { AuthenticationResult } = await answer('u-ravi', '654321');
    expect(AuthenticationResult?.IdToken).toBe('id of u-ravi for terminal');
    await expect(answer('u-ravi', '654321')).rejects.toMatchObject({
      name: 'NotAuthorizedException',
    });
  });

  it('has a password of an administrator’s changed before anything else, once', async () => {
    const first = await initiate('meera@example.com', 'anna-secret');
    expect(first.ChallengeName).toBe('NEW_PASSWORD_REQUIRED');
    const change = (NEW_PASSWORD: string) =>
      respond(first.Session, 'NEW_PASSWORD_REQUIRED', { USERNAME: 'u-meera', NEW_PASSWORD });
    await expect(change('short')).rejects.toMatchObject({ name: 'InvalidPasswordException' });
    const second = await change('long-enough');
    expect(second.ChallengeName).toBe('SOFTWARE_TOKEN_MFA');
    await expect(initiate('meera@example.com', 'anna-secret')).rejects.toMatchObject({
      name: 'NotAuthorizedException',
    });
    const again = await initiate('meera@example.com', 'long-enough');
    expect(again.ChallengeName).toBe('SOFTWARE_TOKEN_MFA');
  });
});
