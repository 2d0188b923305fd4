import { AwsError } from '../front/aws-error.ts';
import { defineOperation, paginate, performOperation } from '../front/operation.ts';
import {
  createSecretInput,
  deleteSecretInput,
  getSecretValueInput,
  hasValue,
  listSecretsInput,
  putSecretValueInput,
  secretIdInput,
  updateSecretInput,
} from './inputs.ts';
import {
  addVersion,
  findLiveSecret,
  findSecret,
  findVersion,
  type Secret,
  type SecretsDependencies,
  type SecretsState,
} from './secrets-state.ts';

/** Secrets Manager: secrets with their current and previous value. */
export type SecretsManager = { perform(operation: string, input: unknown): object };

/** Creates Secrets Manager over its kept state. */
export function createSecretsManager(dependencies: SecretsDependencies): SecretsManager {
  const operations = {
    ...createSecretOperations(dependencies),
    ...createValueOperations(dependencies),
    ...createReadOperations(dependencies),
  };
  return { perform: (operation, input) => performOperation(operations, operation, input) };
}

/** CreateSecret, DeleteSecret and RestoreSecret. */
function createSecretOperations(dependencies: SecretsDependencies) {
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

/** PutSecretValue and UpdateSecret. */
function createValueOperations({ state, save, nowMs, newId }: SecretsDependencies) {
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

/** GetSecretValue, DescribeSecret and ListSecrets. */
function createReadOperations({ state }: Pick<SecretsDependencies, 'state'>) {
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

/** A secret without its values, as DescribeSecret and ListSecrets answer it. */
function describeSecret(secret: Secret) {
  return {
    ARN: secret.arn,
    Name: secret.name,
    ...(secret.description !== undefined && { Description: secret.description }),
    CreatedDate: secret.createdAtMs / 1000,
    LastChangedDate: secret.lastChangedAtMs / 1000,
    ...(secret.deletedAtMs !== undefined && { DeletedDate: secret.deletedAtMs / 1000 }),
    VersionIdsToStages: Object.fromEntries(
      secret.versions.map((version) => [version.id, version.stages]),
    ),
  };
}
