import { attentionReasons } from '@cloudnestle/contracts/items/attention';
import { readAttention, readResolution } from '@cloudnestle/payments/attention/attention';
import { topology } from '@cloudnestle/topology/topology';
import type { Item } from '../aws/dynamo.ts';
import type { Simulation } from '../parts/simulation.ts';

/** Whether an order says why an operator must look, or an operator has looked and said so. */
export function isWithPerson(row: Item): boolean {
  if (!marks.some((name) => row[name] !== undefined)) return false;
  return (
    readAttention(row).length > 0 ||
    attentionReasons.some((reason) => readResolution(row, reason) !== undefined)
  );
}

/** Without any of these there is nothing to read. */
const marks = ['attention', 'attentionResolved', 'needsReview', 'reviewClearedAt'] as const;

/** Whether something about an order still lies where an operator finds it. */
export function hasLetter({ aws }: Pick<Simulation, 'aws'>, merchantOrderId: string): boolean {
  for (const { deadLetterQueue } of topology.subscriptions) {
    for (const { body } of aws.sqs.messages(deadLetterQueue)) {
      if (body.includes(merchantOrderId)) return true;
    }
  }
  return false;
}
