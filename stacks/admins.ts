import type { Stage } from './config/read-stage.ts';

/** Who signs the tokens of admins, and for which app clients. */
export interface Admins {
  issuer: $util.Output<string>;
  clientIds: $util.Output<string[]>;
}

/** The user pool of admins: one of its own, in which nobody signs up by themselves, or an existing one. */
export function createAdmins(stage: Stage): Admins {
  const { pool } = stage.config.admins;
  if (pool.kind === 'existing') {
    return { issuer: issuerOf(pool.userPoolId), clientIds: $output(pool.clientIds) };
  }
  return createPool(stage);
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
    description: 'May reconcile payments',
  });
  const client = pool.addClient('AdminsWeb', {
    transform: {
      client: {
        // A page in a browser keeps no secret; it signs in by SRP and goes nowhere else.
        generateSecret: false,
        allowedOauthFlowsUserPoolClient: false,
        allowedOauthFlows: [],
        allowedOauthScopes: [],
        callbackUrls: [],
        explicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
        preventUserExistenceErrors: 'ENABLED',
      },
    },
  });
  return { issuer: issuerOf(pool.id), clientIds: $resolve([client.id]) };
}

function issuerOf(userPoolId: $util.Input<string>): $util.Output<string> {
  const { region } = aws.getRegionOutput({});
  return $interpolate`https://cognito-idp.${region}.amazonaws.com/${userPoolId}`;
}
