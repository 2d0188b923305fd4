import type { EnvironmentSecret } from '@cloudnestle/contracts/secrets/environment';
import { controlUrlOf } from '@cloudnestle/phonepe-sandbox/addresses';
import type { FinishOrder } from '@cloudnestle/phonepe-sandbox/control/control-schemas';
import * as z from 'zod';
import { CliError } from '../../cli-error.ts';
import { type Answer, call, postJson } from '../call.ts';
import { parseJson } from '../read-answer.ts';

/** Does at the gateway what a person would do on its page. */
export type FinishAtGateway = (merchantOrderId: string, how: FinishOrder) => Promise<Answer>;

const faultsSchema = z.object({ faults: z.array(z.unknown()) });

/** The control calls of a stage's gateway. Throws a `CliError` where it has none: then it is no sandbox of ours. */
export async function connectControl(stage: EnvironmentSecret): Promise<FinishAtGateway> {
  const url = controlUrlOf(stage.gateway.baseUrl);
  if (url === undefined) throw noSandbox(stage.stage);
  const answer = await call(`${url}/faults`);
  if (answer.kind === 'unanswered') {
    throw new CliError(`The gateway at ${url}: ${answer.reason}. Nothing was changed.`);
  }
  if (!faultsSchema.safeParse(parseJson(answer.body)).success) throw noSandbox(stage.stage);
  return (merchantOrderId, how) => postJson(`${url}/orders/${merchantOrderId}`, how);
}

function noSandbox(stage: string): CliError {
  return new CliError(
    `The gateway of the stage ${stage} is no sandbox: nobody can pay there in a buyer's place. Nothing was changed.`,
  );
}
