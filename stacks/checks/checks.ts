import { monitoringChecks } from '../monitoring/checks.ts';
import type { Check } from './check.ts';
import { checkAlerts } from './check-alerts.ts';
import { checkCrossOrigin, checkRoutes } from './check-api.ts';
import { checkAuthorizer } from './check-authorizer.ts';
import { checkBus } from './check-bus.ts';
import { checkConcurrency } from './check-concurrency.ts';
import { checkEnvironments, checkFunctions } from './check-functions.ts';
import { checkInvokers } from './check-invokers.ts';
import { checkMail } from './check-mail.ts';
import { checkMappings } from './check-mappings.ts';
import { checkNames } from './check-names.ts';
import { checkOperators } from './check-operators.ts';
import { checkPermissions } from './check-permissions.ts';
import { checkQueuePolicies } from './check-queue-policies.ts';
import { checkQueues } from './check-queues.ts';
import { checkRetention } from './check-retention.ts';
import { checkRules } from './check-rules.ts';
import { checkSchedules } from './check-schedules.ts';
import { checkNoSecretValue, checkSecrets } from './check-secrets.ts';
import { checkTables } from './check-tables.ts';
import { checkTerminalSignIn } from './check-terminal-sign-in.ts';
import { checkThrottles } from './check-throttles.ts';
import { checkTrust } from './check-trust.ts';
import { checkWildcards } from './check-wildcards.ts';

/** What every stage promises, in the words of whoever relies on it, and the check that holds it. */
export const checks: Readonly<Record<string, Check>> = {
  'brings every event of a subscription to its queue, and loses none on the way': checkRules,
  'gives every subscriber a queue and a dead-letter queue of its own': checkQueues,
  'lets nobody but its own rules send to a queue': checkQueuePolicies,
  'lets every record of a batch fail alone, in the subscriber’s own function': checkMappings,
  'keeps every event for replays': checkBus,
  'has the topology’s routes, and a token is asked for on the admins’ alone': checkRoutes,
  'takes tokens of the admins’ own user pool only': checkAuthorizer,
  'lets an admin sign in from a terminal, and no stranger try passwords': checkTerminalSignIn,
  'slows a flood down route by route': checkThrottles,
  'lets browsers in from the configured frontends only': checkCrossOrigin,
  'runs every function as the topology says': checkFunctions,
  'lets no flood of searches starve a payment': checkConcurrency,
  'tells a function what it needs and nothing else': checkEnvironments,
  'lets a function do what it calls and nothing else': checkPermissions,
  'has no wildcard that AWS could do without': checkWildcards,
  'lets nobody else assume a role': checkTrust,
  'lets nothing but its API call a function behind a route': checkInvokers,
  'runs the sweep every minute, one run at a time': checkSchedules,
  'keeps logs for a set time': checkRetention,
  'protects the tables where they matter, and nowhere else': checkTables,
  'creates secrets empty, and tells the command line where things are': checkSecrets,
  'holds no secret’s value': checkNoSecretValue,
  'lets operators look, and others repair, with no right too many': checkOperators,
  'sends mails as its own, and to nobody who bounced': checkMail,
  'mails the alert address and nobody else': checkAlerts,
  'names no two things alike': checkNames,
  ...monitoringChecks,
};
