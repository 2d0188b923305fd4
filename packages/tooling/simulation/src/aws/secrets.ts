import {
  InvalidRequestException,
  ResourceExistsException,
  ResourceNotFoundException,
  SecretsManagerServiceException,
} from '@aws-sdk/client-secrets-manager';
import { AwsError } from '@cloudnestle/local-aws/front/aws-error';
import { createSecretsManager } from '@cloudnestle/local-aws/secrets/create-secrets-manager';
import * as z from 'zod';
import { account, createIds } from './account.ts';
import { type AwsService, metadata } from './aws.ts';

export interface SecretsModel extends AwsService {
  /** Makes this the secret's current value, as JSON, and keeps the one before as AWSPREVIOUS; creates the secret. */
  rotate(name: string, value: unknown): void;
}

const inputSchema = z.record(z.string(), z.unknown());

/**
 * Secrets Manager in memory: the one of the local endpoint, which does nothing but work on the state it is given, behind
 * the shapes and errors of the SDK's client. Secrets are text; binary ones are none of this system's.
 */
export function createSecrets({ now }: { now(): number }): SecretsModel {
  const newId = createIds();
  const engine = createSecretsManager({
    accountId: account.id,
    region: account.region,
    state: { secrets: [] },
    save: () => {},
    nowMs: now,
    newId,
  });
  const perform = (operation: string, input: unknown): object => {
    try {
      // The engine may keep what it is given.
      return engine.perform(operation, inputSchema.parse(structuredClone(input)));
    } catch (error) {
      throw error instanceof AwsError ? toSdkError(error) : error;
    }
  };
  return {
    execute: (commandName, input) => ({
      ...toSdkShape(perform(commandName.replace(/Command$/, ''), input)),
      $metadata: metadata(),
    }),
    rotate: (name, value) => {
      const SecretString = JSON.stringify(value);
      try {
        perform('CreateSecret', { Name: name, SecretString });
      } catch (error) {
        if (!(error instanceof ResourceExistsException)) throw error;
        perform('PutSecretValue', { SecretId: name, SecretString });
      }
    },
  };
}

/** Times are seconds on the wire and dates in the SDK; what is not there has no key. */
function toSdkShape(output: object): object {
  const shown = structuredClone(output);
  return Object.fromEntries(
    Object.entries(shown)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [
        name,
        name.endsWith('Date') && typeof value === 'number' ? new Date(value * 1000) : value,
      ]),
  );
}

const classes = { InvalidRequestException, ResourceExistsException, ResourceNotFoundException };

function toSdkError({ errorType, message, status }: AwsError): Error {
  const $metadata = metadata(status);
  const found = Object.entries(classes).find(([name]) => name === errorType);
  if (found) return new found[1]({ message, $metadata });
  return new SecretsManagerServiceException({
    name: errorType,
    message,
    $fault: 'client',
    $metadata,
  });
}
