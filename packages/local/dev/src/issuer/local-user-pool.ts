import type { PoolUser, UserPool } from '@cloudnestle/local-aws/start';
import { terminalSignIn } from '@cloudnestle/topology/terminal-sign-in';
import { LOCAL_ADMIN_GROUP, LOCAL_CLIENT_ID, LOCAL_TERMINAL } from '../stage-facts.ts';
import type { TokenIssuer } from './create-issuer.ts';

const LIFETIME_SECONDS = 3600;

/** Who can sign in with a password on a local run; what they know is worth nothing anywhere else. */
export const localAdmins = {
  /** Signs in with a password alone. */
  plain: user('local-admin', { password: 'Local-admin-1', groups: [LOCAL_ADMIN_GROUP] }),
  /** Has an app on the phone that shows a code. */
  careful: user('careful-admin', {
    password: 'Local-admin-2',
    groups: [LOCAL_ADMIN_GROUP],
    softwareTokenCode: '123456',
  }),
  /** Was made a moment ago, with a password that an administrator chose, and is in no group yet. */
  fresh: user('fresh-admin', { password: 'Local-admin-3', groups: [], hasTemporaryPassword: true }),
};

/** The admins' user pool as the stacks make it: pages sign in by SRP, terminals by the administrator's call. */
export function createLocalUserPool(issuer: TokenIssuer): UserPool {
  return {
    id: LOCAL_TERMINAL.userPoolId,
    clients: [
      { id: LOCAL_CLIENT_ID, explicitAuthFlows: ['ALLOW_USER_SRP_AUTH'] },
      { id: LOCAL_TERMINAL.clientId, explicitAuthFlows: [terminalSignIn.explicitAuthFlow] },
    ],
    users: Object.values(localAdmins),
    issue: async ({ username, groups }, clientId) => {
      const request = { username, groups: [...groups], expiresInSeconds: LIFETIME_SECONDS };
      const [id, access] = await Promise.all([
        issuer.issue({ ...request, use: 'id' }, clientId),
        issuer.issue({ ...request, use: 'access' }, clientId),
      ]);
      return {
        idToken: id.token,
        accessToken: access.token,
        expiresInSeconds: LIFETIME_SECONDS,
      };
    },
  };
}

/** The address is the one that the issuer writes into the tokens of that name. */
function user(username: string, rest: Omit<PoolUser, 'username' | 'email'>): PoolUser {
  return { username, email: `${username}@example.com`, ...rest };
}
