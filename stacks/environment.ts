import { METRIC_NAMESPACE } from '@cloudnestle/contracts/metric-names';
import {
  buildEnvironmentSecret,
  type StageAddresses,
} from '@cloudnestle/topology/build-environment-secret';
import type { StageFacts } from '@cloudnestle/topology/function-environment';
import { jobQueue } from '@cloudnestle/topology/job-queue';
import { defaultIndexNames } from '@cloudnestle/topology/tables';
import type { Admins } from './admins.ts';
import type { Stage } from './config/read-stage.ts';
import type { OwnQueues, Queues } from './queues.ts';

type Addresses = StageAddresses['queues'];

/** Where the stage's names and addresses are written down once they are known; functions are told its name. */
export function createEnvironmentSecret({ names }: Stage): aws.secretsmanager.Secret {
  return new aws.secretsmanager.Secret('Environment', {
    name: names.environmentSecret,
    description: 'Names and addresses of this stage, for the payments command and the console',
    // Every deployment writes it anew, and a name that waits for its end could not be used again.
    recoveryWindowInDays: 0,
  });
}

/** Writes down the stage's names and addresses for the command line and the console: a secret only in where it is kept. */
export function writeEnvironment(
  stage: Stage,
  parts: {
    secret: aws.secretsmanager.Secret;
    facts: $util.Output<StageFacts>;
    queues: Queues;
    admins: Admins;
    apiUrl: $util.Output<string>;
  },
): void {
  const { secret, facts, queues, admins, apiUrl } = parts;
  const addressOf = (name: string, { queue, deadLetterQueue }: OwnQueues) =>
    $resolve({ url: queue.url, deadLetterUrl: deadLetterQueue.url }).apply((urls) => ({
      [name]: urls,
    }));
  const addresses = [
    ...queues.subscribers.map((own) => addressOf(own.subscription.subscriber, own)),
    addressOf(jobQueue.function, queues.jobs),
  ];
  const value = $resolve({
    known: facts,
    apiUrl,
    issuer: admins.issuer,
    terminal: nameTerminal(admins),
    deliveryDeadLetterUrl: queues.deliveryDeadLetterQueue.url,
    queues: $resolve(addresses).apply((each): Addresses => Object.assign({}, ...each)),
  }).apply(({ known, ...rest }) => buildEnvironmentSecret(stage.name, known, rest));
  new aws.secretsmanager.SecretVersion('EnvironmentValue', {
    secretId: secret.id,
    secretString: value.apply((environment) => JSON.stringify(environment)),
  });
}

function nameTerminal({
  terminal,
}: Admins): $util.Output<{ userPoolId: string; clientId: string } | undefined> {
  if (terminal === undefined) return $output(undefined);
  return $resolve({ userPoolId: terminal.userPoolId, clientId: terminal.clientId });
}

/** What the stage's functions are told; `clientIds` are those of the admins' user pool. */
export function buildFacts({ config, names }: Stage, clientIds: readonly string[]): StageFacts {
  const { frontends, mail, gateway, admins } = config;
  return {
    tableNames: { ...names.tables, ...dropUndefined(config.existingTables) },
    indexNames: { ...defaultIndexNames, ...dropUndefined(config.indexNames) },
    secretNames: { ...names.secrets, ...dropUndefined(config.existingSecrets) },
    environmentSecretName: names.environmentSecret,
    eventBusName: names.bus,
    metricNamespace: names.nameOf(METRIC_NAMESPACE),
    gateway,
    standardGateway: config.standardGateway,
    frontends,
    solutionId: config.solutionId,
    mail: { from: mail.from, supportAddress: mail.supportAddress, appUrl: mail.appUrl },
    bankHolidays: config.bankHolidays,
    retryScale: 1,
    admins: {
      clientIds,
      group: admins.group,
      lookGroup: admins.lookGroup,
      repairGroup: admins.repairGroup,
      tokenUse: admins.tokenUse,
    },
    gatewayCallsPerSecond: config.gatewayCallsPerSecond,
    quotaUtcOffsetMinutes: config.quotaUtcOffsetMinutes,
    passReminderDays: config.passReminderDays,
    refundDuplicates: config.refundDuplicates,
    plansOnSale: config.plansOnSale,
    seller: config.seller,
  };
}

function dropUndefined<Key extends string>(
  names: Readonly<Partial<Record<Key, string | undefined>>>,
): Partial<Record<Key, string>> {
  const kept: Partial<Record<Key, string>> = {};
  for (const key in names) {
    const name = names[key];
    if (name !== undefined) kept[key] = name;
  }
  return kept;
}
