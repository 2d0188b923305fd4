import { transactionIdSchema } from '@cloudnestle/contracts/ids';

/** The one payment a return address names; undefined where it names none, several, or something that is no id. */
export function readTransactionId(values: readonly string[] | undefined): string | undefined {
  if (values?.length !== 1) return undefined;
  const parsed = transactionIdSchema.safeParse(values[0]);
  return parsed.success ? parsed.data : undefined;
}
