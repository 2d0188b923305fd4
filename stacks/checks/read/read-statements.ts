import * as z from 'zod';
import { json } from './read-resources.ts';

const oneOrMore = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => [value].flat())
  .optional();

const statementSchema = z.object({
  Effect: z.string(),
  Action: oneOrMore,
  NotAction: oneOrMore,
  Resource: oneOrMore,
  NotResource: oneOrMore,
  Principal: z.union([z.string(), z.record(z.string(), oneOrMore)]).optional(),
  Condition: z.record(z.string(), z.record(z.string(), oneOrMore)).optional(),
});
export type Statement = z.infer<typeof statementSchema>;

const documentSchema = z
  .object({
    Statement: z
      .union([statementSchema, z.array(statementSchema)])
      .transform((value) => [value].flat()),
  })
  .transform(({ Statement }) => Statement);

/** A policy document's statements; SST hands them over as text or as an object. */
export const statementsSchema = z.union([json(documentSchema), documentSchema]);
