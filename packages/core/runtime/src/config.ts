import { parseJson } from '@cloudnestle/contracts/json';
import * as z from 'zod';

/** The variables a function starts with; `process.env` on AWS. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A function that cannot start: says which variables are at fault and never what they hold. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

/** Parses a function's environment at cold start. */
export function readConfig<Schema extends z.ZodObject>(
  schema: Schema,
  environment: Environment,
): z.infer<Schema> {
  const parsed = schema.safeParse(environment);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new ConfigurationError(`environment variables: ${problems.join('; ')}`);
}

/** A variable that holds JSON, parsed and checked against `schema`. */
export function jsonVariable<Schema extends z.ZodType>(schema: Schema) {
  return z
    .string()
    .transform((text, context): unknown => {
      const value = parseJson(text);
      if (value !== undefined) return value;
      context.addIssue({ code: 'custom', message: 'is no JSON' });
      return z.NEVER;
    })
    .pipe(schema);
}
