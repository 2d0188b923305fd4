import * as z from 'zod';
import { readGstin } from './india/gstin.ts';
import { statesOfBuyers } from './india/states.ts';
import { textSchema } from './text.ts';

/** Lines and control characters have no place in a field of one line. */
const lineSchema = (longest: number) =>
  textSchema
    .overwrite((text) => text.replaceAll(/\s+/gu, ' ').trim())
    .min(1)
    .max(longest);

const stateCodeSchema = z
  .enum(
    statesOfBuyers.map(({ code }) => code),
    { error: 'must be the two-digit code of a State or Union Territory' },
  )
  .describe("Two digits, `29` is Karnataka: the buyer's State, which an invoice must bear.");

const gstinSchema = textSchema
  .overwrite((text) => text.trim().toUpperCase())
  .superRefine((text, context) => {
    const read = readGstin(text);
    if (read.kind === 'invalid') context.addIssue({ code: 'custom', message: read.fault });
  })
  .describe("The buyer's own number in the goods and services tax, where they buy as a company.");

const billingFields = z.object({
  stateCode: stateCodeSchema,
  name: lineSchema(120)
    .optional()
    .describe('Who the invoice is made out to; with a GSTIN, its legal name.'),
  gstin: gstinSchema.optional(),
  address: lineSchema(300).optional().describe('As one line.'),
});

/** Whom an order's invoice is made out to. The State of a GSTIN is the buyer's State. */
export const billingSchema = billingFields.superRefine(({ stateCode, name, gstin }, context) => {
  if (gstin === undefined) return;
  if (!gstin.startsWith(stateCode)) {
    context.addIssue({
      code: 'custom',
      path: ['stateCode'],
      message: `must be ${gstin.slice(0, 2)}, the State of the GSTIN`,
    });
  }
  if (name === undefined) {
    context.addIssue({ code: 'custom', path: ['name'], message: 'is missing beside a GSTIN' });
  }
});
export type Billing = z.infer<typeof billingSchema>;
