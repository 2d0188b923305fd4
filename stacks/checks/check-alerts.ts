import * as z from 'zod';
import type { Check } from './check.ts';
import { readResources } from './read/read-resources.ts';
import { types } from './read/types.ts';
import { findDifferences } from './same.ts';

const subscriptionSchema = z.object({
  topic: z.string(),
  protocol: z.string(),
  endpoint: z.string(),
});

/** Whom the stage names is mailed when an alarm goes off, and nobody else hears of it. */
export const checkAlerts: Check = (graph, { config, names }) => {
  const topic = names.nameOf('marketplace-payments-alerts');
  const wanted = config.alertAddress === undefined ? [] : [config.alertAddress];
  return findDifferences('the alerts', {
    found: readResources(graph, types.subscription, subscriptionSchema).map(
      ({ inputs: { topic: of, protocol, endpoint } }) =>
        `${protocol} to ${endpoint}${of.endsWith(`:${topic}`) ? '' : ` from ${of}`}`,
    ),
    wanted: wanted.map((address) => `email to ${address}`),
  });
};
