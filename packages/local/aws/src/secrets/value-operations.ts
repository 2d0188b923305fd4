import { defineOperation } from '../front/operation.ts';
import { addVersion } from './add-version.ts';
import type { SecretsDependencies } from './dependencies.ts';
import { findLiveSecret } from './find-secret.ts';
import { hasValue, putSecretValueInput, updateSecretInput } from './inputs.ts';

/** PutSecretValue and UpdateSecret. */
export function createValueOperations({ state, save, nowMs, newId }: SecretsDependencies) {
  return {
    PutSecretValue: defineOperation(putSecretValueInput, (input) => {
      const secret = findLiveSecret(state, input.SecretId);
      const version = addVersion(secret, input.ClientRequestToken ?? newId(), input, nowMs());
      save();
      return {
        ARN: secret.arn,
        Name: secret.name,
        VersionId: version.id,
        VersionStages: version.stages,
      };
    }),
    UpdateSecret: defineOperation(updateSecretInput, (input) => {
      const secret = findLiveSecret(state, input.SecretId);
      const version = hasValue(input)
        ? addVersion(secret, input.ClientRequestToken ?? newId(), input, nowMs())
        : undefined;
      if (input.Description !== undefined) secret.description = input.Description;
      save();
      return { ARN: secret.arn, Name: secret.name, VersionId: version?.id };
    }),
  };
}
