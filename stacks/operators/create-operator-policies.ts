import type { Admins } from '../admins.ts';
import type { Stage } from '../config/read-stage.ts';
import type { Resources } from '../functions/list-permissions.ts';
import { listLooking } from './list-looking.ts';
import { listRepairing } from './list-repairing.ts';
import { listSigningIn } from './list-signing-in.ts';
import type { Statement } from './statement.ts';

export interface OperatorPolicies {
  look: aws.iam.Policy;
  repair: aws.iam.Policy;
}

/**
 * Two policies for people, attached by hand to whatever they sign in with: those who look, and those who repair as well.
 * Looking reads no gateway credentials, so the screens then say that the gateway was not asked.
 */
export function createOperatorPolicies(
  stage: Stage,
  resources: Resources,
  environmentSecret: aws.secretsmanager.Secret,
  admins: Admins,
): OperatorPolicies {
  const looking = listLooking(resources, environmentSecret);
  return {
    look: createPolicy(stage, 'Look', 'See payments, queues and dead letters', looking),
    repair: createPolicy(stage, 'Repair', 'See and repair payments, and replay dead letters', [
      ...looking,
      ...listRepairing(resources),
      ...listSigningIn(admins),
    ]),
  };
}

function createPolicy(
  { names }: Stage,
  does: 'Look' | 'Repair',
  description: string,
  statements: Statement[],
): aws.iam.Policy {
  return new aws.iam.Policy(`Operators${does}`, {
    name: names.nameOf(`marketplace-payments-operators-${does.toLowerCase()}`),
    description,
    policy: aws.iam.getPolicyDocumentOutput({ statements }).json,
  });
}
