import { environmentSecretSchema } from '@cloudnestle/contracts/secrets/environment';
import { defaultIndexNames, defaultTableNames } from '@cloudnestle/topology/tables';
import { expect, it } from 'vitest';
import { nameTables } from './name-tables.ts';

const url = 'https://any.example';
const stage = environmentSecretSchema.parse({
  stage: 'test',
  apiUrl: url,
  gateway: { authUrl: url, baseUrl: url },
  eventBusName: 'any',
  tables: { ...defaultTableNames, users: 'marketplace-users-prod' },
  queues: {},
  deliveryDeadLetterUrl: url,
  secrets: { gatewayCredentials: 'any', tokenSecret: 'any' },
  indexes: { ...defaultIndexNames, usersByEmail: 'ByEmail' },
  solutionId: 'any',
  mailFrom: 'payments@any.example',
  admins: { issuer: url, clientIds: ['any'], group: 'admin', tokenUse: 'id' },
});

it('means the tables and indexes that the stage names, with the keys of the topology', () => {
  const users = nameTables(stage).find(({ name }) => name === 'marketplace-users-prod');
  expect(users).toEqual({
    name: 'marketplace-users-prod',
    partitionKey: 'userId',
    indexes: [{ name: 'ByEmail', partitionKey: 'email' }],
  });
});
