import type { MeResponse } from '@cloudnestle/contracts/admin/me';
import { adminRouteKeys, adminRoutes } from '@cloudnestle/contracts/admin/routes';
import { type Answer, answerOk } from '../api/call.ts';

/** `GET me`: who is signed in, and what the server lets them do. */
export const answerMe: Answer = async (call) => {
  const { operator, desk } = call;
  const can = adminRouteKeys.filter(
    (key) => operator.role === 'repair' || adminRoutes[key].role === 'look',
  );
  return answerOk(call, {
    stage: desk.stage.stage,
    isProduction: desk.isProduction,
    region: readRegion(desk.stage.deliveryDeadLetterUrl),
    ...readAccount(desk.stage.deliveryDeadLetterUrl),
    operator: operator.name,
    role: operator.role,
    can,
  } satisfies Omit<MeResponse, 'success'>);
};

/** Queues of AWS name their region and account; others do not. */
function readRegion(queueUrl: string): string {
  return /^\w+:\/\/sqs\.([a-z0-9-]+)\.amazonaws\./.exec(queueUrl)?.[1] ?? 'local';
}

function readAccount(queueUrl: string): { account?: string } {
  const account = /\/(\d{12})\/[^/]+$/.exec(queueUrl)?.[1];
  return account === undefined ? {} : { account };
}
