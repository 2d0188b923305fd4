import { isDeepStrictEqual } from 'node:util';
import { buildFunctionEnvironment } from '@cloudnestle/topology/function-environment';
import { functions } from '@cloudnestle/topology/functions';
import type { FunctionDefinition } from '@cloudnestle/topology/types';
import { buildFacts } from '../build-facts.ts';
import type { Check } from './check.ts';
import { type FunctionInputs, readFunctions } from './read/read-functions.ts';
import { findDifferences } from './same.ts';

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
