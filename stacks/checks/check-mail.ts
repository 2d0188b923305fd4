import * as z from 'zod';
import type { Check } from './check.ts';
import { readResources } from './read/read-resources.ts';
import { types } from './read/types.ts';
import { findDifferences } from './same.ts';

const identitySchema = z.object({ emailIdentity: z.string(), configurationSetName: z.string() });
const setSchema = z.object({
  configurationSetName: z.string(),
  suppressionOptions: z.object({ suppressedReasons: z.array(z.string()) }),
});

/** Mails are sent by the stage's identity through its configuration set, which tries nobody twice who bounced. */
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
