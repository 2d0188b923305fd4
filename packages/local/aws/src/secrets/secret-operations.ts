import { AwsError } from '../front/aws-error.ts';
import { defineOperation } from '../front/operation.ts';
import { addVersion } from './add-version.ts';
import type { SecretsDependencies } from './dependencies.ts';
import { findLiveSecret, findSecret } from './find-secret.ts';
import { createSecretInput, deleteSecretInput, hasValue, secretIdInput } from './inputs.ts';
import type { Secret, SecretsState } from './secrets-state.ts';

/** CreateSecret, DeleteSecret and RestoreSecret. */
export function createSecretOperations(dependencies: SecretsDependencies) {
  const { state, save, nowMs, newId } = dependencies;
  return {
    CreateSecret: defineOperation(createSecretInput, (input) => {
      const repeated = findRepeated(state, input.Name, input.ClientRequestToken);
      const secret = repeated ?? buildSecret(dependencies, input.Name, input.Description);
      const version = hasValue(input)
        ? addVersion(secret, input.ClientRequestToken ?? newId(), input, nowMs())
        : undefined;
      if (!repeated) state.secrets.push(secret);
      save();
      return { ARN: secret.arn, Name: secret.name, VersionId: version?.id };
    }),
    DeleteSecret: defineOperation(deleteSecretInput, (input) => {
      const secret = findSecret(state, input.SecretId);
      if (input.ForceDeleteWithoutRecovery) {
        state.secrets = state.secrets.filter((candidate) => candidate !== secret);
      } else {
        findLiveSecret(state, input.SecretId).deletedAtMs = nowMs();
      }
      save();
      const recoveryDays = input.ForceDeleteWithoutRecovery
        ? 0
        : (input.RecoveryWindowInDays ?? 30);
      const DeletionDate = nowMs() / 1000 + recoveryDays * 86_400;
      return { ARN: secret.arn, Name: secret.name, DeletionDate };
    }),
    RestoreSecret: defineOperation(secretIdInput, ({ SecretId }) => {
      const secret = findSecret(state, SecretId);
      delete secret.deletedAtMs;
      save();
      return { ARN: secret.arn, Name: secret.name };
    }),
  };
}

/** The secret an SDK made before its answer was lost; any other of that name is in the way. */
function findRepeated(
  state: SecretsState,
  name: string,
  token: string | undefined,
): Secret | undefined {
  const existing = state.secrets.find((secret) => secret.name === name);
  if (!existing) return undefined;
  if (existing.deletedAtMs !== undefined) {
    throw new AwsError(
      'InvalidRequestException',
      "You can't create this secret because a secret with this name is already scheduled for deletion.",
    );
  }
  if (token !== undefined && existing.versions.some((version) => version.id === token)) {
    return existing;
  }
  throw new AwsError(
    'ResourceExistsException',
    `The operation failed because the secret ${name} already exists.`,
  );
}

function buildSecret(
  { region, accountId, nowMs, newId }: SecretsDependencies,
  name: string,
  description: string | undefined,
): Secret {
  return {
    name,
    // AWS ends a secret's ARN with six random characters.
    arn: `arn:aws:secretsmanager:${region}:${accountId}:secret:${name}-${newId().slice(0, 6)}`,
    description,
    createdAtMs: nowMs(),
    lastChangedAtMs: nowMs(),
    versions: [],
  };
}
