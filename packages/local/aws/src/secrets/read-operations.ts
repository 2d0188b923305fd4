import { defineOperation } from '../front/operation.ts';
import { paginate } from '../front/paginate.ts';
import type { SecretsDependencies } from './dependencies.ts';
import { describeSecret } from './describe-secret.ts';
import { findLiveSecret, findSecret, findVersion } from './find-secret.ts';
import { getSecretValueInput, listSecretsInput, secretIdInput } from './inputs.ts';

/** GetSecretValue, DescribeSecret and ListSecrets. */
export function createReadOperations({ state }: Pick<SecretsDependencies, 'state'>) {
  return {
    GetSecretValue: defineOperation(getSecretValueInput, (input) => {
      const secret = findLiveSecret(state, input.SecretId);
      const version = findVersion(secret, {
        versionId: input.VersionId,
        stage: input.VersionStage,
      });
      return {
        ARN: secret.arn,
        Name: secret.name,
        VersionId: version.id,
        VersionStages: version.stages,
        SecretString: version.secretString,
        SecretBinary: version.secretBinary,
        CreatedDate: version.createdAtMs / 1000,
      };
    }),
    DescribeSecret: defineOperation(secretIdInput, ({ SecretId }) =>
      describeSecret(findSecret(state, SecretId)),
    ),
    ListSecrets: defineOperation(listSecretsInput, (input) => {
      const listed = state.secrets.filter(
        (secret) => input.IncludePlannedDeletion || secret.deletedAtMs === undefined,
      );
      const page = paginate(listed, input.MaxResults ?? 100, input.NextToken);
      return { SecretList: page.items.map(describeSecret), NextToken: page.nextToken };
    }),
  };
}
