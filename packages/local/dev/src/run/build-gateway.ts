import { randomUUID } from 'node:crypto';
import { buildCatalogue } from '@cloudnestle/payments/catalogue';
import type { Sandbox } from '@cloudnestle/phonepe-sandbox/create-sandbox';
import type { Log } from '@cloudnestle/runtime/logger';
import type { StageFacts } from '@cloudnestle/topology/function-environment';
import { findFunction } from '@cloudnestle/topology/functions';
import { topology } from '@cloudnestle/topology/topology';
import { createAccountReader } from '../accounts/create-account-reader.ts';
import { createRecordReader } from '../accounts/create-record-reader.ts';
import { createTokenReader } from '../accounts/create-token-reader.ts';
import type { RunClients } from '../aws/create-clients.ts';
import type { RunningAws } from '../aws/start-aws.ts';
import type { Handlers } from '../build-handlers.ts';
import { demoUsers } from '../demo-users.ts';
import { createGateway } from '../gateway/create-gateway.ts';
import { createStorefront } from '../storefront/app.ts';
import type { startIssuer } from './start-issuer.ts';

/** The gateway over everything else of a run. */
export function buildGateway(options: {
  handlers: Handlers;
  facts: StageFacts;
  clients: RunClients;
  sandbox: Sandbox;
  issuer: Awaited<ReturnType<typeof startIssuer>>;
  aws: RunningAws;
  logOf(unit: string): Log;
}) {
  const { handlers, facts, clients, sandbox, issuer, aws, logOf } = options;
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
    catalogue: buildCatalogue({ solutionId }),
    now: () => new Date(),
  });
  const app = createGateway({
    routes: topology.routes,
    functionOf: (name) => ({ definition: findFunction(name), handler: handlers[name] }),
    authorizer: issuer.authorizer,
    logOf,
    nowMs: Date.now,
    newId: randomUUID,
    frontends,
    sandbox,
    issuer: issuer.app,
    inbox: aws.cloud?.inbox,
    storefront: createStorefront({
      demoUsers,
      readAccount,
      readToken: createTokenReader(readRecord),
    }),
  });
  return { app, readAccount };
}
