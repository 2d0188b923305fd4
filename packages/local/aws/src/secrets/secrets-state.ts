import * as z from 'zod';
import { AwsError } from '../front/aws-error.ts';

const versionSchema = z.strictObject({
  id: z.string(),
  secretString: z.string().optional(),
  /** Base64, as it travels. */
  secretBinary: z.string().optional(),
  stages: z.array(z.string()),
  createdAtMs: z.number(),
});

const secretSchema = z.strictObject({
  name: z.string(),
  arn: z.string(),
  description: z.string().optional(),
  createdAtMs: z.number(),
  lastChangedAtMs: z.number(),
  deletedAtMs: z.number().optional(),
  versions: z.array(versionSchema),
});

/** Everything Secrets Manager keeps. */
export const secretsStateSchema = z.strictObject({ secrets: z.array(secretSchema) });

export type SecretsState = z.infer<typeof secretsStateSchema>;
export type Secret = z.infer<typeof secretSchema>;
type SecretVersion = z.infer<typeof versionSchema>;

/** What Secrets Manager gets from its surroundings. */
export type SecretsDependencies = {
  readonly accountId: string;
  readonly region: string;
  readonly state: SecretsState;
  /** Called after every change of the state, before the change is answered. */
  readonly save: () => void;
  readonly nowMs: () => number;
  readonly newId: () => string;
};

/** The secret of a name or ARN, marked for deletion or not; `ResourceNotFoundException` if none. */
export function findSecret(state: SecretsState, secretId: string): Secret {
  const secret = state.secrets.find(
    (candidate) => candidate.name === secretId || candidate.arn === secretId,
  );
  if (!secret) {
    throw new AwsError(
      'ResourceNotFoundException',
      "Secrets Manager can't find the specified secret.",
    );
  }
  return secret;
}

/** As `findSecret`, but `InvalidRequestException` for a secret marked for deletion. */
export function findLiveSecret(state: SecretsState, secretId: string): Secret {
  const secret = findSecret(state, secretId);
  if (secret.deletedAtMs !== undefined) {
    throw new AwsError(
      'InvalidRequestException',
      "You can't perform this operation on the secret because it was marked for deletion.",
    );
  }
  return secret;
}

/** The version with a stage (default AWSCURRENT), or with an id, or with both. */
export function findVersion(
  secret: Secret,
  wanted: { readonly versionId?: string | undefined; readonly stage?: string | undefined },
): SecretVersion {
  const stage = wanted.stage ?? (wanted.versionId === undefined ? 'AWSCURRENT' : undefined);
  const version = secret.versions.find(
    (candidate) =>
      (wanted.versionId === undefined || candidate.id === wanted.versionId) &&
      (stage === undefined || candidate.stages.includes(stage)),
  );
  if (!version) {
    throw new AwsError(
      'ResourceNotFoundException',
      "Secrets Manager can't find the specified secret value for " +
        (wanted.versionId === undefined
          ? `staging label: ${stage}`
          : `VersionId: ${wanted.versionId}`),
    );
  }
  return version;
}

/** A secret's value: exactly one of the two. */
export type SecretValue = {
  readonly SecretString?: string | undefined;
  readonly SecretBinary?: string | undefined;
};

/**
 * Makes a value the current one; the one before becomes AWSPREVIOUS and older ones are forgotten.
 *
 * The id is the caller's idempotency token: the same id with the same value changes nothing,
 * with another value it is a `ResourceExistsException`, as on AWS.
 */
export function addVersion(
  secret: Secret,
  id: string,
  value: SecretValue,
  nowMs: number,
): SecretVersion {
  const { SecretString: secretString, SecretBinary: secretBinary } = value;
  const existing = secret.versions.find((version) => version.id === id);
  if (existing) {
    if (existing.secretString === secretString && existing.secretBinary === secretBinary) {
      return existing;
    }
    throw new AwsError(
      'ResourceExistsException',
      "You can't use this ClientRequestToken: a version with it and another value exists.",
    );
  }
  const added = { id, secretString, secretBinary, stages: ['AWSCURRENT'], createdAtMs: nowMs };
  const previous = secret.versions
    .filter((version) => version.stages.includes('AWSCURRENT'))
    .map((version) => ({ ...version, stages: ['AWSPREVIOUS'] }));
  secret.versions = [added, ...previous];
  secret.lastChangedAtMs = nowMs;
  return added;
}
