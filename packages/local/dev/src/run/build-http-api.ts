import { randomUUID } from 'node:crypto';
import { tokenSecretSchema } from '@cloudnestle/contracts/secrets/token';
import { buildCatalogue } from '@cloudnestle/payments/catalogue';
import type { Sandbox } from '@cloudnestle/phonepe-sandbox/create-sandbox';
import type { Log } from '@cloudnestle/runtime/logger';
import { createSecretReader } from '@cloudnestle/runtime/secrets';
import type { StageFacts } from '@cloudnestle/topology/function-environment';
import { findFunction } from '@cloudnestle/topology/functions';
import { topology } from '@cloudnestle/topology/topology';
import { createLocalJWKSet } from 'jose';
import { createAccountReader, createRecordReader, createTokenReader } from '../accounts.ts';
import type { RunClients, RunningAws } from '../aws/connect-aws.ts';
import type { Handlers } from '../build-handlers.ts';
import { createClockApp } from '../clock/clock-app.ts';
import type { RunClock } from '../clock/run-clock.ts';
import { createConsole } from '../console/app.ts';
import { buildConsoleClient } from '../console/sign-in-client.ts';
import { demoUsers } from '../demo-users.ts';
import type { Faults } from '../faults/create-faults.ts';
import { createFaultsApp } from '../faults/faults-app.ts';
import { type Authorizer, createAuthorizer } from '../http-api/authorizer.ts';
import { createHttpApi } from '../http-api/create-http-api.ts';
import { createIssuerApp } from '../issuer/app.ts';
import { createTokenIssuer } from '../issuer/create-issuer.ts';
import { createLocalUserPool } from '../issuer/local-user-pool.ts';
import { createSignInApp } from '../issuer/sign-in/app.ts';
import { demoOperators } from '../issuer/sign-in/operators.ts';
import { createPurchasesReader } from '../purchases.ts';
import { ISSUER_PATH, LOCAL_CLIENT_ID, LOCAL_REGION, LOCAL_STAGE } from '../stage-facts.ts';
import { createStorefront } from '../storefront/app.ts';
import type { BuiltPages } from '../storefront/built-pages.ts';

/** The HTTP API over everything else of a run. */
export function buildHttpApi(options: {
  handlers: Handlers;
  facts: StageFacts;
  clients: RunClients;
  sandbox: Sandbox;
  issuer: Awaited<ReturnType<typeof startIssuer>>;
  aws: RunningAws;
  clock: RunClock;
  faults: Faults;
  /** Of the storefront and of the console, built where they are not yet. */
  readPages: Readonly<Record<'storefront' | 'console', () => Promise<BuiltPages>>>;
  url: string;
  /** What the clock would have run while it was moved on. */
  onAdvanced(): Promise<void>;
  logOf(unit: string): Log;
}) {
  const { handlers, facts, clients, sandbox, issuer, aws, clock, faults, onAdvanced, logOf } =
    options;
  const catalogue = buildCatalogue({ solutionId: facts.solutionId });
  const { tableNames, solutionId, frontends } = facts;
  const dynamo = clients.documents;
  const readRecord = createRecordReader({
    dynamo,
    entitlementsTable: tableNames.entitlements,
    solutionId,
  });
  const readAccount = createAccountReader({
    dynamo,
    usersTable: tableNames.users,
    readRecord,
    solutionId,
    catalogue,
    now: clock.now,
  });
  const app = createHttpApi({
    routes: topology.routes,
    functionOf: (name) => ({ definition: findFunction(name), handler: handlers[name] }),
    authorizer: issuer.authorizer,
    logOf,
    nowMs: clock.nowMs,
    newId: randomUUID,
    frontends,
    sandbox,
    issuer: issuer.app,
    clock: createClockApp(clock, onAdvanced),
    faults: createFaultsApp(faults),
    inbox: aws.cloud?.inbox,
    console: createConsole({
      url: options.url,
      stage: LOCAL_STAGE,
      region: LOCAL_REGION,
      readPages: options.readPages.console,
    }),
    storefront: createStorefront({
      readPages: options.readPages.storefront,
      solutionId,
      demoUsers,
      readAccount,
      readPurchases: createPurchasesReader({
        dynamo,
        usersTable: tableNames.users,
        transactionsTable: tableNames.transactions,
        invoicesTable: tableNames.invoices,
        ordersByUserIndex: facts.indexNames.ordersByUser,
        readTokenSecret: createTokenSecretReader(clients),
        catalogue,
        now: clock.now,
      }),
      readToken: createTokenReader(readRecord),
      inbox: aws.cloud?.inbox,
    }),
  });
  return { app, readAccount };
}

/** The secret that the tokens of invoices are made with. */
function createTokenSecretReader({ secrets }: RunClients): () => Promise<string> {
  const source = { clients: { secrets: () => secrets } };
  const read = createSecretReader(topology.secrets.tokenSecret, {}, source);
  return async () => tokenSecretSchema.parse(await read({ fresh: false })).tokenSecret;
}

/**
 * The token issuer of a run, the authorizer that takes its tokens and no others, and the user pool that has it sign; `url` is
 * the HTTP API's origin.
 */
export async function startIssuer(
  url: string,
  { admins }: Pick<StageFacts, 'admins'>,
  { nowMs }: Pick<RunClock, 'nowMs'>,
) {
  const issuer = await createTokenIssuer({
    url: `${url}${ISSUER_PATH}`,
    clientId: LOCAL_CLIENT_ID,
    nowMs,
    newId: randomUUID,
  });
  const authorizer: Authorizer = createAuthorizer({
    issuer: issuer.url,
    audience: admins.clientIds,
    keyOf: createLocalJWKSet(issuer.jwks),
    nowMs,
  });
  const app = createIssuerApp(issuer, ISSUER_PATH);
  app.route(
    '/',
    createSignInApp({
      ...{ issuer, path: ISSUER_PATH, client: buildConsoleClient(url) },
      ...{ operators: demoOperators, nowMs, newId: randomUUID },
    }),
  );
  return {
    app,
    authorizer,
    userPool: createLocalUserPool(issuer),
  };
}
