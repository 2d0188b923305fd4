import * as z from 'zod';
import type { Inputs } from '../pulumi.ts';
import { ACCOUNT, buildArn } from './resource-outputs.ts';

/** What AWS's provider answers when a program asks it something; undefined for what has no stand-in. */
export function answerCall(token: string, inputs: Inputs, region: string): Inputs | undefined {
  switch (token) {
    case 'aws:index/getRegion:getRegion':
      return { id: region, name: region, region, description: region };
    case 'aws:index/getCallerIdentity:getCallerIdentity':
      return {
        id: ACCOUNT,
        accountId: ACCOUNT,
        arn: buildArn('iam', '', 'user/offline'),
        userId: 'offline',
      };
    case 'aws:index/getPartition:getPartition':
      return {
        id: 'aws',
        partition: 'aws',
        dnsSuffix: 'amazonaws.com',
        reverseDnsPrefix: 'com.amazonaws',
      };
    case 'aws:secretsmanager/getSecret:getSecret': {
      const arn = buildArn('secretsmanager', region, `secret:${String(inputs.name)}-AbCdEf`);
      return { ...inputs, id: arn, arn };
    }
    case 'aws:iam/getPolicyDocument:getPolicyDocument':
      return toPolicyDocument(inputs);
    default:
      return undefined;
  }
}

const texts = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => [value].flat())
  .optional();
const statementSchema = z.object({
  sid: z.string().optional(),
  effect: z.string().default('Allow'),
  actions: texts,
  notActions: texts,
  resources: texts,
  principals: z.array(z.object({ type: z.string(), identifiers: z.array(z.string()) })).optional(),
  conditions: z
    .array(z.object({ test: z.string(), variable: z.string(), values: z.array(z.string()) }))
    .optional(),
});
const inputSchema = z.object({
  version: z.string().default('2012-10-17'),
  statements: z.array(statementSchema).default([]),
});

/** A policy document as AWS's provider renders it. */
function toPolicyDocument(inputs: Inputs): Inputs {
  const { version, statements } = inputSchema.parse(inputs);
  return {
    id: 'document',
    // Where it has none, SST must see none, or it would attach an empty policy.
    statements: statements.length > 0 ? inputs.statements : undefined,
    json: JSON.stringify({ Version: version, Statement: statements.map(toStatement) }),
  };
}

function toStatement(statement: z.infer<typeof statementSchema>) {
  const { sid, effect, actions, notActions, resources, principals, conditions } = statement;
  const byTest = Object.entries(Object.groupBy(conditions ?? [], ({ test }) => test));
  return {
    Sid: sid,
    Effect: effect,
    Action: actions,
    NotAction: notActions,
    Resource: resources,
    Principal:
      principals &&
      Object.fromEntries(principals.map(({ type, identifiers }) => [type, identifiers])),
    Condition: conditions
      ? Object.fromEntries(
          byTest.map(([test, each = []]) => [
            test,
            Object.fromEntries(each.map(({ variable, values }) => [variable, values])),
          ]),
        )
      : undefined,
  };
}
