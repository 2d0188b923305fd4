import * as z from 'zod';

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
export type SecretVersion = z.infer<typeof versionSchema>;
