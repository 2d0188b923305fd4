import { isDeepStrictEqual } from 'node:util';
import type { Check } from './check.ts';
import { readFunctionsByName } from './read/read-functions.ts';
import { readRoles } from './read/read-roles.ts';

/** A function's role is Lambda's to assume, a schedule's the scheduler's for this account; no person's, no other's. */
export const checkTrust: Check = (graph) => {
  const functions = readFunctionsByName(graph);
  return readRoles(graph).flatMap(({ inputs: { name, assumeRolePolicy } }) => {
    const [trust, ...more] = assumeRolePolicy;
    const service = functions.has(name) ? 'lambda.amazonaws.com' : 'scheduler.amazonaws.com';
    const services = trust && typeof trust.Principal === 'object' ? trust.Principal : {};
    const isNarrow =
      more.length === 0 &&
      isDeepStrictEqual(services, { Service: [service] }) &&
      isDeepStrictEqual(trust?.Action, ['sts:AssumeRole']) &&
      (functions.has(name) || trust?.Condition?.StringEquals?.['aws:SourceAccount'] !== undefined);
    return isNarrow ? [] : [`${name} can be assumed by others than ${service}`];
  });
};
