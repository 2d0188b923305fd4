import { performOperation } from '../front/operation.ts';
import type { SecretsDependencies } from './dependencies.ts';
import { createReadOperations } from './read-operations.ts';
import { createSecretOperations } from './secret-operations.ts';
import { createValueOperations } from './value-operations.ts';

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
