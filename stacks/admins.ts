import { terminalSignIn } from '@cloudnestle/topology/terminal-sign-in';
import type { Stage } from './config/read-stage.ts';

/** Who signs the tokens of admins, and for which app clients. */
export interface Admins {
  issuer: $util.Output<string>;
  clientIds: $util.Output<string[]>;
  /** What a terminal signs in with; undefined where an existing pool names no client for it. */
  terminal: Terminal | undefined;
}

interface Terminal {
  userPoolId: $util.Output<string>;
  clientId: $util.Output<string>;
  userPoolArn: $util.Output<string>;
}

/** The user pool of admins: one of its own, whose users an administrator creates, or an existing one. */
export function createAdmins(stage: Stage): Admins {
  const { pool } = stage.config.admins;
  return pool.kind === 'existing' ? takePool(pool) : createPool(stage);
}

function takePool(pool: {
  userPoolId: string;
  clientIds: string[];
  terminalClientId?: string | undefined;
}): Admins {
  const { userPoolId, clientIds, terminalClientId } = pool;
  if (terminalClientId === undefined) {
    return { issuer: issuerOf(userPoolId), clientIds: $output(clientIds), terminal: undefined };
  }
  const { region } = aws.getRegionOutput({});
  const { accountId } = aws.getCallerIdentityOutput({});
  return {
    issuer: issuerOf(userPoolId),
    clientIds: $output([...new Set([...clientIds, terminalClientId])]),
    terminal: {
      userPoolId: $output(userPoolId),
      clientId: $output(terminalClientId),
      userPoolArn: $interpolate`arn:aws:cognito-idp:${region}:${accountId}:userpool/${userPoolId}`,
    },
  };
}

function createPool({ config, names, isProduction }: Stage): Admins {
  const pool = new sst.aws.CognitoUserPool(
    'Admins',
    {
      usernames: ['email'],
      mfa: 'optional',
      softwareToken: true,
      transform: {
        userPool: {
          name: names.nameOf('marketplace-payments-admins'),
          adminCreateUserConfig: { allowAdminCreateUserOnly: true },
          accountRecoverySetting: { recoveryMechanisms: [{ name: 'verified_email', priority: 1 }] },
          deletionProtection: isProduction ? 'ACTIVE' : 'INACTIVE',
        },
      },
    },
    { retainOnDelete: isProduction },
  );
  new aws.cognito.UserGroup('AdminsGroup', {
    name: config.admins.group,
    userPoolId: pool.id,
    description: 'May reconcile payments and pay money back',
  });
  if (config.admins.repairGroup !== config.admins.group) {
    new aws.cognito.UserGroup('RepairGroup', {
      name: config.admins.repairGroup,
      userPoolId: pool.id,
      description: 'May pay money back',
    });
  }
  // A page in a browser signs in by SRP, a terminal by a call that takes AWS rights besides the password.
  const web = addClient(pool, 'AdminsWeb', ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH']);
  const terminal = addClient(pool, 'AdminsTerminal', [terminalSignIn.explicitAuthFlow]);
  return {
    issuer: issuerOf(pool.id),
    clientIds: $resolve([web.id, terminal.id]),
    terminal: { userPoolId: pool.id, clientId: terminal.id, userPoolArn: pool.arn },
  };
}

/** An app client that keeps no secret, since neither a page nor a terminal can, and that leads nowhere else. */
function addClient(pool: sst.aws.CognitoUserPool, name: string, explicitAuthFlows: string[]) {
  return pool.addClient(name, {
    transform: {
      client: {
        generateSecret: false,
        allowedOauthFlowsUserPoolClient: false,
        allowedOauthFlows: [],
        allowedOauthScopes: [],
        callbackUrls: [],
        explicitAuthFlows,
        preventUserExistenceErrors: 'ENABLED',
      },
    },
  });
}

function issuerOf(userPoolId: $util.Input<string>): $util.Output<string> {
  const { region } = aws.getRegionOutput({});
  return $interpolate`https://cognito-idp.${region}.amazonaws.com/${userPoolId}`;
}
