import { METRIC_NAMESPACE } from '@cloudnestle/contracts/metric-names';
import type { StageFacts } from '@cloudnestle/topology/function-environment';
import { defaultIndexNames } from '@cloudnestle/topology/tables';
import type { Stage } from './config/read-stage.ts';

/** What the stage's functions are told; `clientIds` are those of the admins' user pool. */
export function buildFacts({ config, names }: Stage, clientIds: readonly string[]): StageFacts {
  const { frontends, mail, gateway, admins } = config;
  return {
    tableNames: { ...names.tables, ...dropUndefined(config.existingTables) },
    indexNames: { ...defaultIndexNames, ...dropUndefined(config.indexNames) },
    secretNames: { ...names.secrets, ...dropUndefined(config.existingSecrets) },
    eventBusName: names.bus,
    metricNamespace: names.nameOf(METRIC_NAMESPACE),
    gateway,
    frontends,
    solutionId: config.solutionId,
    mail: { from: mail.from, supportAddress: mail.supportAddress, appUrl: mail.appUrl },
    bankHolidays: config.bankHolidays,
    retryScale: 1,
    admins: { clientIds, group: admins.group, tokenUse: admins.tokenUse },
    gatewayCallsPerSecond: config.gatewayCallsPerSecond,
    quotaUtcOffsetMinutes: config.quotaUtcOffsetMinutes,
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
