import { terminalSignIn } from '@cloudnestle/topology/terminal-sign-in';
import type { Stage } from './config/read-stage.ts';

/** Who signs the tokens of admins, and for which app clients. */
export interface Admins {
  issuer: $util.Output<string>;
  clientIds: $util.Output<string[]>;
  /** What a terminal signs in with; undefined where an existing pool names no client for it. */
  terminal: Terminal | undefined;
  /** What the operators' console signs in with; undefined where the stage has none. */
  console: ConsoleSignIn | undefined;
}

interface ConsoleSignIn {
  clientId: $util.Output<string>;
  /** Where the pool's own pages are: `/oauth2/authorize`, `/oauth2/token`, `/logout`. */
  signInUrl: $util.Output<string>;
}

interface Terminal {
  userPoolId: $util.Output<string>;
  clientId: $util.Output<string>;
  userPoolArn: $util.Output<string>;
}

/** The user pool of admins: one of its own, whose users an administrator creates, or an existing one. */
export function createAdmins(stage: Stage): Admins {
  const { pool } = stage.config.admins;
  return pool.kind === 'existing' ? takePool(stage, pool) : createPool(stage);
}

type ExistingPool = Extract<Stage['config']['admins']['pool'], { kind: 'existing' }>;

function takePool({ config }: Stage, pool: ExistingPool): Admins {
  const { userPoolId, clientIds, terminalClientId, console: site } = pool;
  const consoleSignIn =
    config.console && site
      ? { clientId: $output(site.clientId), signInUrl: $output(site.signInUrl) }
      : undefined;
  const named = [terminalClientId, config.console && site?.clientId].filter(
    (id) => id !== undefined,
  );
  const known = {
    issuer: issuerOf(userPoolId),
    clientIds: $output([...new Set([...clientIds, ...named])]),
    console: consoleSignIn,
  };
  if (terminalClientId === undefined) return { ...known, terminal: undefined };
  const { region } = aws.getRegionOutput({});
  const { accountId } = aws.getCallerIdentityOutput({});
  return {
    ...known,
    terminal: {
      userPoolId: $output(userPoolId),
      clientId: $output(terminalClientId),
      userPoolArn: $interpolate`arn:aws:cognito-idp:${region}:${accountId}:userpool/${userPoolId}`,
    },
  };
}

function createPool(stage: Stage): Admins {
  const { names, isProduction } = stage;
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
  createGroups(stage, pool.id);
  // A page in a browser signs in by SRP, a terminal by a call that takes AWS rights besides the password.
  const web = addClient(pool, 'AdminsWeb', ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH']);
  const terminal = addClient(pool, 'AdminsTerminal', [terminalSignIn.explicitAuthFlow]);
  const console = createConsoleSignIn(stage, pool);
  return {
    issuer: issuerOf(pool.id),
    clientIds: $resolve([web.id, terminal.id, ...(console ? [console.clientId] : [])]),
    terminal: { userPoolId: pool.id, clientId: terminal.id, userPoolArn: pool.arn },
    console,
  };
}

/** Who looks, who repairs, and the admins, who do both. */
function createGroups({ config }: Stage, userPoolId: $util.Output<string>): void {
  const { group, lookGroup, repairGroup } = config.admins;
  const groups: readonly [resource: string, name: string, description: string][] = [
    ['AdminsGroup', group, 'May reconcile payments and pay money back'],
    ['RepairGroup', repairGroup, 'May repair payments, replay dead letters and pay money back'],
    ['LookGroup', lookGroup, 'May see payments, queues and dead letters, and change nothing'],
  ];
  const seen = new Set<string>();
  for (const [resource, name, description] of groups) {
    if (!seen.has(name)) new aws.cognito.UserGroup(resource, { name, userPoolId, description });
    seen.add(name);
  }
}

/**
 * The console signs in by the authorization code flow with PKCE: a public client without a secret, which leads to the console's own
 * address and to no other. Undefined where the stage has no console.
 */
function createConsoleSignIn(
  { config, names }: Stage,
  pool: sst.aws.CognitoUserPool,
): ConsoleSignIn | undefined {
  const { console: site, region } = config;
  if (site === undefined) return undefined;
  const { accountId } = aws.getCallerIdentityOutput({});
  // Among all of AWS's customers in a region the name is one of a kind, so it bears the account.
  const domain = new aws.cognito.UserPoolDomain('AdminsDomain', {
    domain: $interpolate`${names.nameOf('marketplace-payments')}-${accountId}`,
    userPoolId: pool.id,
  });
  const { callbackUrl, logoutUrl } = listConsoleAddresses(site.origin);
  const client = pool.addClient('AdminsConsole', {
    transform: {
      client: {
        generateSecret: false,
        allowedOauthFlowsUserPoolClient: true,
        allowedOauthFlows: ['code'],
        allowedOauthScopes: ['openid', 'email'],
        callbackUrls: [callbackUrl],
        logoutUrls: [logoutUrl],
        supportedIdentityProviders: ['COGNITO'],
        // Its own pages sign in by SRP; rotation takes the place of ALLOW_REFRESH_TOKEN_AUTH, which it forbids.
        explicitAuthFlows: ['ALLOW_USER_SRP_AUTH'],
        refreshTokenRotation: { feature: 'ENABLED', retryGracePeriodSeconds: 10 },
        refreshTokenValidity: 12,
        tokenValidityUnits: { refreshToken: 'hours' },
        enableTokenRevocation: true,
        preventUserExistenceErrors: 'ENABLED',
      },
    },
  });
  return {
    clientId: client.id,
    signInUrl: $interpolate`https://${domain.domain}.auth.${region}.amazoncognito.com`,
  };
}

/** Where Cognito sends a browser back to; it takes them to the letter. */
export function listConsoleAddresses(origin: string) {
  return { callbackUrl: `${origin}/console/signed-in`, logoutUrl: `${origin}/console/` };
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
