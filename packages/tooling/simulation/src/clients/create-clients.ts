import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { ClientFactories, ClientOptions } from '@cloudnestle/runtime/clients/factories';
import type { Container } from '../parts/container.ts';
import type { Simulation } from '../parts/simulation.ts';
import { type AwsCall, callAws } from './call-aws.ts';
import { createGatewayHttp } from './gateway-http.ts';

type AwsDependency = AwsCall['dependency'];

/** The clients of one container: the SDK's classes by name and kind, AWS in memory behind their `send`. */
export function createClients(simulation: Simulation, container: Container): ClientFactories {
  const clientOf =
    <Client>(dependency: AwsDependency, prototype: Client) =>
    (options: ClientOptions): Client =>
      createClient(simulation, container, { dependency, prototype, options });
  return {
    dynamo: clientOf('dynamo', DynamoDBDocumentClient.prototype),
    events: clientOf('events', EventBridgeClient.prototype),
    secrets: clientOf('secrets', SecretsManagerClient.prototype),
    ses: clientOf('ses', SESv2Client.prototype),
    sqs: clientOf('sqs', SQSClient.prototype),
    gatewayHttp: () => createGatewayHttp(simulation, container),
  };
}

/** An SDK command as its class builds it. */
interface Command {
  input: unknown;
  constructor: { name: string };
}

/** `GetCommand`: `Get`. The names are few, the calls are millions. */
const operations = new Map<string, string>();
function operationOf(commandName: string): string {
  const known = operations.get(commandName);
  if (known !== undefined) return known;
  const operation = commandName.replace(/Command$/, '');
  operations.set(commandName, operation);
  return operation;
}

function createClient<Client>(
  simulation: Simulation,
  container: Container,
  of: { dependency: AwsDependency; prototype: Client; options: ClientOptions },
): Client {
  const { dependency, prototype, options } = of;
  const { timeoutMs = 3000, maxAttempts = 3 } = options;
  const service = simulation.aws[dependency];
  const send = (command: Command): Promise<unknown> => {
    const { name } = command.constructor;
    return callAws(simulation, container, {
      dependency,
      operation: operationOf(name),
      input: command.input,
      execute: () => service.execute(name, command.input),
      timeoutMs,
      maxAttempts,
    });
  };
  // What powertools asks of an SDK client before it takes it for one.
  const config = {};
  const middlewareStack = { identify: () => [], addRelativeTo: () => undefined };
  return Object.create(Object(prototype), {
    send: { value: send },
    config: { value: config },
    middlewareStack: { value: middlewareStack },
    destroy: { value: () => undefined },
  });
}
