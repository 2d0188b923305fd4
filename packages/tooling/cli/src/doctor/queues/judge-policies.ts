import { jsonVariable } from '@cloudnestle/runtime/config';
import * as z from 'zod';
import { judge, notChecked, type Verdict } from '../check.ts';

/**
 * Whether the queues' policies let EventBridge send. An endpoint that asks for no policy cannot be told from AWS by
 * looking, so where not one queue has a policy nothing is said but what that would mean.
 */
export function judgePolicies(
  queues: readonly { name: string; policy: string | undefined }[],
): Verdict {
  if (queues.every(({ policy }) => policy === undefined)) {
    return notChecked(
      'no queue has a policy: an endpoint that asks for none',
      'on AWS it would mean that no event arrives anywhere: deploy the stage again',
    );
  }
  const closed = queues.filter(({ policy }) => !letsEventBridgeSend(policy));
  return judge(
    closed.map(({ name }) => `${name} does not let EventBridge send: deploy the stage again`),
    `to ${queues.length} queues`,
  );
}

const oneOrMore = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());
const statementSchema = z.object({
  Effect: z.string(),
  Principal: z.union([z.string(), z.object({ Service: oneOrMore.optional() })]).optional(),
  Action: oneOrMore.optional(),
});
const policySchema = jsonVariable(
  z.object({
    Statement: z
      .union([statementSchema, z.array(statementSchema)])
      .transform((value) => [value].flat()),
  }),
);

function letsEventBridgeSend(policy: string | undefined): boolean {
  const parsed = policySchema.safeParse(policy);
  return parsed.success && parsed.data.Statement.some(isOpenToEventBridge);
}

function isOpenToEventBridge({ Effect, Principal, Action = [] }: z.infer<typeof statementSchema>) {
  const services = typeof Principal === 'string' ? [Principal] : (Principal?.Service ?? []);
  return (
    Effect === 'Allow' &&
    services.some((service) => ['*', 'events.amazonaws.com'].includes(service)) &&
    Action.some((action) => ['*', 'sqs:*', 'sqs:sendmessage'].includes(action.toLowerCase()))
  );
}
