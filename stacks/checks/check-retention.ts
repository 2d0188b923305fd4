import * as z from 'zod';
import type { Check } from './check.ts';
import { readFunctions } from './read/read-functions.ts';
import { json, readResources } from './read/read-resources.ts';
import { types } from './read/types.ts';
import { findDifferences } from './same.ts';

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
