import type { EnvironmentSecret } from '@cloudnestle/contracts/secrets/environment';
import type { OrderStatusAnswer } from '@cloudnestle/payments/gateway';
import { readConfig } from '@cloudnestle/runtime/config';
import { connectGateway, gatewayEnvironmentShape } from '@cloudnestle/runtime/gateway';
import * as z from 'zod';
import { createCommandPlatform } from '../../environment/create-platform.ts';
import { toVariables } from '../../environment/to-variables.ts';
import { type Check, notChecked, ok, type Verdict, wrong } from '../check.ts';
import { callTimeoutMs } from '../deadline.ts';
import { READS_SECRETS, type ReadSecretText } from '../secrets/read-secret.ts';

/** No order of ours is called so: theirs begin with `MP-`. */
const NO_ORDER = 'payments-doctor-asks-about-no-order';

/** Whether the payment gateway is there and takes our credentials: one question, about an order that does not exist. */
export function checkGateway(stage: EnvironmentSecret, readSecret: ReadSecretText): Check {
  return {
    check: 'gateway',
    subject: stage.gateway.baseUrl,
    asks: READS_SECRETS,
    look: async () => {
      // Fails here where the caller may not read them: the gateway's port would call that unreachable.
      const credentials = await readSecret(stage.secrets.gatewayCredentials);
      if (credentials === undefined) return notChecked('there are no credentials to ask with');
      const variables = toVariables(stage, { callsPerSecond: 1 });
      const config = readConfig(z.object(gatewayEnvironmentShape), variables);
      const gateway = connectGateway(config, createCommandPlatform());
      return judgeAnswer(await gateway.orderStatus(NO_ORDER, { timeoutMs: callTimeoutMs() }));
    },
  };
}

/** What its answer says of address and credentials. */
export function judgeAnswer(answer: OrderStatusAnswer): Verdict {
  switch (answer.kind) {
    case 'notFound':
    case 'found':
      return ok('answers and takes our credentials');
    case 'refused':
      return wrong(
        `refuses to answer (${answer.httpStatus} ${answer.code}): are address and credentials of one account?`,
      );
    case 'unreachable':
      return wrong(`cannot be asked: ${answer.reason}`);
  }
}
