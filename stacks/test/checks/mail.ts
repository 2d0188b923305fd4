import * as z from 'zod';
import { type Check, findDifferences, readResources, types } from './read.ts';

const identitySchema = z.object({ emailIdentity: z.string(), configurationSetName: z.string() });
const setSchema = z.object({
  configurationSetName: z.string(),
  suppressionOptions: z.object({ suppressedReasons: z.array(z.string()) }),
});

/** Mails are sent by the stage's identity through its configuration set, which sends no second mail to an address that bounced. */
export const checkMail: Check = (graph, { config, names }) => {
  const { identity } = config.mail;
  const wanted = identity.kind === 'created' ? [`${identity.name} with ${names.bus}`] : [];
  return [
    ...findDifferences('SES', {
      found: readResources(graph, types.identity, identitySchema).map(
        ({ inputs }) => `${inputs.emailIdentity} with ${inputs.configurationSetName}`,
      ),
      wanted,
    }),
    ...readResources(graph, types.configurationSet, setSchema).flatMap(({ inputs }) =>
      findDifferences(inputs.configurationSetName, {
        found: inputs.suppressionOptions.suppressedReasons,
        wanted: ['BOUNCE', 'COMPLAINT'],
      }),
    ),
  ];
};

const subscriptionSchema = z.object({
  topic: z.string(),
  protocol: z.string(),
  endpoint: z.string(),
});

/** The stage's alert address, and no other, is mailed when an alarm goes off. */
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
