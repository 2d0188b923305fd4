import { isDeepStrictEqual } from 'node:util';
import { buildFunctionEnvironment } from '@cloudnestle/topology/function-environment';
import { functions, LEAST_UNRESERVED } from '@cloudnestle/topology/functions';
import { topology } from '@cloudnestle/topology/topology';
import type { FunctionDefinition, FunctionName } from '@cloudnestle/topology/types';
import * as z from 'zod';
import { reservedConcurrencyOf } from '../../config/reserved-concurrency.ts';
import { buildFacts } from '../../environment.ts';
import {
  type Check,
  type FunctionInputs,
  findDifferences,
  json,
  readFunctions,
  readFunctionsByName,
  readResources,
  types,
} from './read.ts';

/** Every function runs on Node 24 on arm64 with the topology's time and memory, logs JSON, and has a role of its own. */
export const checkFunctions: Check = (graph, { names }) => {
  const found = readFunctions(graph).map(({ inputs }) => inputs);
  const shared = Map.groupBy(found, ({ role }) => role);
  return [
    ...findDifferences('the stage', {
      found: found.map(({ name }) => `the function ${name}`),
      wanted: functions.map(({ name }) => `the function ${names.functionNameOf(name)}`),
    }),
    ...[...shared.values()]
      .filter(({ length }) => length > 1)
      .map((all) => `${all.map(({ name }) => name).join(', ')} share one role`),
    ...functions.flatMap((definition) => {
      const name = names.functionNameOf(definition.name);
      const inputs = found.find((each) => each.name === name);
      return inputs ? findWrongSetting(inputs, definition) : [];
    }),
  ];
};

function findWrongSetting(found: FunctionInputs, definition: FunctionDefinition): string[] {
  const settings = {
    runtime: found.runtime,
    architectures: found.architectures,
    timeout: found.timeout,
    memorySize: found.memorySize,
    loggingConfig: found.loggingConfig,
  };
  const wanted = {
    runtime: 'nodejs24.x',
    architectures: ['arm64'],
    timeout: definition.timeoutSeconds,
    memorySize: definition.memoryMb,
    loggingConfig: { logFormat: 'JSON', logGroup: `/aws/lambda/${found.name}` },
  };
  return isDeepStrictEqual(settings, wanted)
    ? []
    : [`${found.name} runs as ${JSON.stringify(settings)}`];
}

/** A function finds in its environment what the topology names for it, as in the local run, and nothing else. */
export const checkEnvironments: Check = (graph, stage) => {
  const found = new Map(readFunctions(graph).map(({ inputs }) => [inputs.name, inputs]));
  const facts = buildFacts(stage, []);
  const queue = { url: '', deadLetterUrl: '' };
  return functions.flatMap((definition) => {
    const name = stage.names.functionNameOf(definition.name);
    const variables = found.get(name)?.environment.variables ?? {};
    const isSubscriber = 'QUEUE_URL' in variables;
    const wanted = buildFunctionEnvironment(definition, facts, isSubscriber ? queue : undefined);
    return [
      ...findDifferences(name, { found: Object.keys(variables), wanted: Object.keys(wanted) }),
      ...Object.entries(wanted)
        .filter(([key]) => !knownOnlyOnAws.has(key))
        .filter(([key, value]) => variables[key] !== value)
        .map(([key]) => `${name} has another ${key} than the topology says`),
    ];
  });
};

const knownOnlyOnAws = new Set(['QUEUE_URL', 'DEAD_LETTER_QUEUE_URL', 'ADMIN_CLIENT_IDS']);

/** What a payment cannot do without: the calls that take, settle or give back one, and what works on the queues. */
const carryPayments: readonly FunctionName[] = [
  'webhook',
  'upgrade',
  'callback',
  'sweep',
  'refundSweep',
  ...topology.subscriptions.map(({ subscriber }) => subscriber),
];

/**
 * A flood of searches takes the executions of no payment: what payments need is set aside, searches have a ceiling, and a
 * queue starts no more than its function may run. A stage that shares its account's executions sets none aside.
 */
export const checkConcurrency: Check = (graph, { config, names }) => {
  const found = readFunctionsByName(graph);
  const reservedOf = (name: FunctionName) =>
    found.get(names.functionNameOf(name))?.reservedConcurrentExecutions;
  const wrong = functions.flatMap((definition) => {
    const reserved = reservedOf(definition.name);
    const wanted = reservedConcurrencyOf(definition, config);
    return reserved === wanted
      ? []
      : [
          `${definition.name} has ${reserved ?? 'no'} executions of its own, not ${wanted ?? 'none'}`,
        ];
  });
  if (config.concurrency.kind === 'shared') return wrong;
  const sum = functions.reduce((total, { name }) => total + (reservedOf(name) ?? 0), 0);
  return [
    ...wrong,
    ...[...carryPayments, 'validateToken' as const]
      .filter((name) => (reservedOf(name) ?? 0) < 1)
      .map((name) => `${name} has no executions of its own`),
    ...topology.subscriptions
      .filter(({ subscriber, maximumConcurrency }) => {
        return (reservedOf(subscriber) ?? 0) < maximumConcurrency;
      })
      .map(({ queue }) => `${queue} starts more functions than may run`),
    ...(sum <= config.concurrency.accountLimit - LEAST_UNRESERVED
      ? []
      : [`${sum} executions are set aside: AWS would refuse them`]),
  ];
};

const groupSchema = z.object({ name: z.string(), retentionInDays: z.number().optional() });
const stageSchema = z.object({
  accessLogSettings: z.object({
    destinationArn: z.string(),
    format: json(z.record(z.string(), z.string())),
  }),
});

/** Whatever is logged is gone after the stage's days, and the API's access log names no caller. */
export const checkRetention: Check = (graph, { config }) => {
  const groups = readResources(graph, types.logGroup, groupSchema).map(({ inputs }) => inputs);
  const stages = readResources(graph, types.apiStage, stageSchema).map(({ inputs }) => inputs);
  const written = [
    ...readFunctions(graph).map(({ inputs }) => inputs.loggingConfig.logGroup),
    ...stages.map(({ accessLogSettings }) => afterGroup(accessLogSettings.destinationArn)),
  ];
  return [
    ...findDifferences('the stage', {
      found: groups.map(({ name }) => `the log group ${name}`),
      wanted: written.map((name) => `the log group ${name}`),
    }),
    ...groups
      .filter(({ retentionInDays }) => retentionInDays !== config.logRetentionDays)
      .map(({ name, retentionInDays }) => `${name} is kept for ${retentionInDays ?? 'ever'}`),
    ...stages.flatMap(({ accessLogSettings }) =>
      Object.values(accessLogSettings.format)
        .filter((value) => /sourceIp|userAgent|\.path|header|claims/i.test(value))
        .map((value) => `the access log writes ${value}`),
    ),
  ];
};

function afterGroup(arn: string): string {
  return arn.slice(arn.indexOf(':log-group:') + ':log-group:'.length);
}
