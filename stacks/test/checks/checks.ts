import type { Graph } from '@cloudnestle/sst-offline/graph/graph';
import { checkAuthorizer, checkTerminalSignIn } from './admins.ts';
import { checkAlarms } from './alarms.ts';
import { checkCrossOrigin, checkRoutes, checkThrottles } from './api.ts';
import { checkInvokers, checkSchedules } from './callers.ts';
import { checkConsoleSignIn } from './console.ts';
import { checkDashboard } from './dashboard.ts';
import { checkBus, checkRules } from './events.ts';
import {
  checkConcurrency,
  checkEnvironments,
  checkFunctions,
  checkRetention,
} from './functions.ts';
import { checkAlerts, checkMail } from './mail.ts';
import { checkOperators } from './operators.ts';
import { checkPermissions, checkTrust } from './permissions.ts';
import { checkMappings, checkQueuePolicies, checkQueues } from './queues.ts';
import type { Check } from './read.ts';
import { checkNoSecretValue, checkSecrets } from './secrets.ts';
import { checkPages, checkSites, checkStorefront } from './sites.ts';
import { checkTables } from './tables.ts';
import { checkWildcards } from './wildcards.ts';

/** What every stage promises, in the words of the buyer, admin or operator who relies on it, and the check that holds it. */
export const checks: Readonly<Record<string, Check>> = {
  'brings every event of a subscription to its queue, and loses none on the way': checkRules,
  'gives every subscriber a queue and a dead-letter queue of its own': checkQueues,
  'lets only its own rules send to a queue': checkQueuePolicies,
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
  'lets only Lambda and the scheduler assume a role': checkTrust,
  'lets nothing but its API call a function behind a route': checkInvokers,
  'runs the sweep every minute, one run at a time': checkSchedules,
  'keeps logs for a set time': checkRetention,
  'protects the tables where they matter, and nowhere else': checkTables,
  'creates secrets empty, and tells the command line where things are': checkSecrets,
  'holds no secret’s value': checkNoSecretValue,
  'lets operators look, and others repair, with no right too many': checkOperators,
  'sends mails as its own, and none to an address that bounced': checkMail,
  'mails the alert address and no other': checkAlerts,
  'serves its own pages over https, from buckets that no stranger reads': checkSites,
  'runs no script in its pages but their own, and lets them call its own API alone': checkPages,
  'sends a storefront’s buyers to its own gateway alone': checkStorefront,
  'signs operators in by a code that only the console can use': checkConsoleSignIn,
  'names no two things alike': checkNames,
  'tells the alert address of everything the topology has an alarm for': checkAlarms,
  'shows buyers, money and machines on one page': checkDashboard,
};

/** No two resources of a kind want one name: AWS would refuse the second in the middle of a deployment. */
function checkNames(graph: Graph): string[] {
  const named = graph.resources.flatMap(({ type, inputs, name, lookup }) =>
    type.startsWith('aws:') && typeof inputs.name === 'string' && lookup === undefined
      ? [{ key: `${type} ${inputs.name}`, name }]
      : [],
  );
  return [...Map.groupBy(named, ({ key }) => key)].flatMap(([key, all]) =>
    all.length > 1 ? [`${all.map(({ name }) => name).join(' and ')} are both ${key}`] : [],
  );
}
