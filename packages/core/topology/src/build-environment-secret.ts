import type { EnvironmentSecret } from '@cloudnestle/contracts/secrets/environment';
import type { StageFacts } from './function-environment.ts';

/** What only exists once a stage is there. */
export interface StageAddresses
  extends Pick<EnvironmentSecret, 'queues' | 'deliveryDeadLetterUrl'> {
  apiUrl: string;
  /**
   * Who signs the tokens of admins; with what a terminal signs in; where every caller may have one, on a developer's
   * own machine.
   */
  issuer: string;
  terminal?: EnvironmentSecret['admins']['terminal'];
  tokenUrl?: string;
}

/** A stage as the command line reads it: the secret `marketplace/payments/environment`. */
export function buildEnvironmentSecret(
  stage: string,
  facts: StageFacts,
  { apiUrl, issuer, terminal, tokenUrl, queues, deliveryDeadLetterUrl }: StageAddresses,
): EnvironmentSecret {
  return {
    stage,
    apiUrl,
    gateway: facts.gateway,
    eventBusName: facts.eventBusName,
    tables: facts.tableNames,
    queues,
    deliveryDeadLetterUrl,
    secrets: facts.secretNames,
    indexes: facts.indexNames,
    solutionId: facts.solutionId,
    seriesPrefix: facts.seller.seriesPrefix,
    passReminderDays: facts.passReminderDays,
    mailFrom: facts.mail.from,
    admins: {
      issuer,
      clientIds: [...facts.admins.clientIds],
      group: facts.admins.group,
      tokenUse: facts.admins.tokenUse,
      ...(terminal === undefined ? {} : { terminal }),
      ...(tokenUrl === undefined ? {} : { tokenUrl }),
    },
  };
}
