import * as z from 'zod';
import type { Inputs } from '../pulumi.ts';

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
export function toPolicyDocument(inputs: Inputs): Inputs {
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
