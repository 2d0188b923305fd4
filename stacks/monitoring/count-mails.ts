import type { Stage } from '../config/read-stage.ts';
import type { Mail } from '../mail.ts';
import { hasOwnMailSet } from './is-measured.ts';

/** Has SES count what mailboxes do with this stage's mails; a configuration set of somebody else is left as it is. */
export function countMails(stage: Stage, { configurationSet }: Mail): void {
  if (!hasOwnMailSet(stage) || configurationSet === undefined) return;
  new aws.sesv2.ConfigurationSetEventDestination('MailCounts', {
    configurationSetName: configurationSet,
    eventDestinationName: 'counts',
    eventDestination: {
      enabled: true,
      matchingEventTypes: ['SEND', 'DELIVERY', 'BOUNCE', 'COMPLAINT'],
      cloudWatchDestination: {
        dimensionConfigurations: [
          {
            // SES tags every mail with it by itself.
            dimensionName: 'ses:configuration-set',
            dimensionValueSource: 'MESSAGE_TAG',
            defaultDimensionValue: 'none',
          },
        ],
      },
    },
  });
}
