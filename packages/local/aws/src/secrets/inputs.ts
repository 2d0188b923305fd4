import * as z from 'zod';
import type { SecretValue } from './add-version.ts';

const value = {
  SecretString: z.string().min(1).max(65_536).optional(),
  SecretBinary: z.base64().optional(),
  ClientRequestToken: z
    .string()
    .regex(/^[\x21-\x7e]{32,64}$/, 'must be 32 to 64 characters')
    .optional(),
};

const secretId = z.string().min(1).max(2048);

/** Whether an input carries a value at all. */
export function hasValue(input: SecretValue): boolean {
  return input.SecretString !== undefined || input.SecretBinary !== undefined;
}

function hasAtMostOneValue(input: SecretValue): boolean {
  return input.SecretString === undefined || input.SecretBinary === undefined;
}

const onlyOne = { error: 'SecretString and SecretBinary cannot both be given' };

export const createSecretInput = z
  .strictObject({
    Name: z.string().regex(/^[A-Za-z0-9/_+=.@-]{1,512}$/, 'has characters that are not allowed'),
    Description: z.string().max(2048).optional(),
    ...value,
  })
  .refine(hasAtMostOneValue, onlyOne);

export const getSecretValueInput = z.strictObject({
  SecretId: secretId,
  VersionId: z.string().optional(),
  VersionStage: z.string().optional(),
});

export const putSecretValueInput = z
  .strictObject({ SecretId: secretId, ...value })
  .refine(hasAtMostOneValue, onlyOne)
  .refine(hasValue, { error: 'SecretString or SecretBinary is required' });

export const updateSecretInput = z
  .strictObject({ SecretId: secretId, Description: z.string().max(2048).optional(), ...value })
  .refine(hasAtMostOneValue, onlyOne);

export const secretIdInput = z.strictObject({ SecretId: secretId });

export const listSecretsInput = z.strictObject({
  MaxResults: z.int().min(1).max(100).optional(),
  NextToken: z.string().optional(),
  IncludePlannedDeletion: z.boolean().optional(),
});

export const deleteSecretInput = z
  .strictObject({
    SecretId: secretId,
    ForceDeleteWithoutRecovery: z.boolean().optional(),
    RecoveryWindowInDays: z.int().min(7).max(30).optional(),
  })
  .refine(
    (input) => !input.ForceDeleteWithoutRecovery || input.RecoveryWindowInDays === undefined,
    {
      error: 'ForceDeleteWithoutRecovery and RecoveryWindowInDays cannot both be given',
    },
  );
