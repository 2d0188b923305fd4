import * as z from 'zod';

/** A custom bus name as EventBridge allows it. */
export const busName = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,256}$/, 'must be 1 to 256 of letters, digits, ".", "-" and "_"');

/** A rule name as EventBridge allows it. */
export const ruleName = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,64}$/, 'must be 1 to 64 of letters, digits, ".", "-" and "_"');

/** What every list operation takes. */
export const pageInput = z.strictObject({
  NamePrefix: z.string().optional(),
  Limit: z.int().min(1).max(100).optional(),
  NextToken: z.string().optional(),
});

/** A rule by name, on a bus given by name or ARN. */
export const ruleInput = z.strictObject({ Name: z.string(), EventBusName: z.string().optional() });
