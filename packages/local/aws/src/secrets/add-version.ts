import { AwsError } from '../front/aws-error.ts';
import type { Secret, SecretVersion } from './secrets-state.ts';

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
