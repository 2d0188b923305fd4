import { pathToFileURL } from 'node:url';

/** What a program prints once everything is loaded and built. */
export const READY = 'ready';

/** Loads a bundle as Lambda does on a cold start, and says so. */
export function writeStarter(file: string): string {
  return `import ${JSON.stringify(pathToFileURL(file).href)};
process.stdout.write('${READY}\\n');
`;
}

/** Builds just these AWS clients, as the functions build them. Throws for one that nothing here builds. */
export function writeClientsProgram(packages: ReadonlySet<string>): string {
  const clients = [...packages]
    .filter((name) => /^@aws-sdk\/client-/.test(name))
    .map((name) => {
      const client = builders.find((each) => each.package === name);
      if (!client) throw new Error(`the baseline does not know how ${name} is built`);
      return client;
    });
  return `${clients.map((client) => client.import).join('\n')}
export const clients = [${clients.map(({ build }) => build).join(', ')}];
`;
}

const builders = [
  {
    package: '@aws-sdk/client-dynamodb',
    import: "import { createDynamoClient } from '@cloudnestle/runtime/clients/dynamo';",
    build: 'createDynamoClient()',
  },
  {
    package: '@aws-sdk/client-eventbridge',
    import: "import { createEventBridgeClient } from '@cloudnestle/runtime/clients/event-bridge';",
    build: 'createEventBridgeClient()',
  },
  {
    package: '@aws-sdk/client-sqs',
    import: "import { createSqsClient } from '@cloudnestle/runtime/clients/sqs';",
    build: 'createSqsClient()',
  },
  {
    package: '@aws-sdk/client-sesv2',
    import: "import { createSesClient } from '@cloudnestle/runtime/clients/ses';",
    build: 'createSesClient()',
  },
  {
    package: '@aws-sdk/client-secrets-manager',
    import: "import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';",
    build: 'new SecretsManagerClient({ maxAttempts: 2 })',
  },
] as const;
