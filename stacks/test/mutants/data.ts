import {
  changeInputs,
  changeResource,
  type Mutants,
  removeResource,
  replaceText,
} from './damage.ts';

/** In what is kept, and in who is told. */
export const dataMutants: Mutants = {
  'protects the tables where they matter, and nowhere else': {
    'a table is missing': removeResource('UsersTable'),
    'the table of refunds is missing': removeResource('RefundsTable'),
    'the index of open refunds is missing': replaceText(
      'RefundsTable',
      'OpenRefundsIndex',
      'OtherIndex',
    ),
    'a table is called otherwise': changeInputs('UsersTable', { name: 'users' }),
    'a table can be deleted': changeInputs('TransactionsTable', {
      deletionProtectionEnabled: false,
    }),
    'a table cannot be had back': changeInputs('TransactionsTable', {
      pointInTimeRecovery: { enabled: false },
    }),
    'a table goes with its stage': changeResource('TransactionsTable', (table) => ({
      ...table,
      isRetained: false,
    })),
    'discarded letters are kept for ever': changeInputs('OperationsTable', { ttl: undefined }),
    'items expire': changeInputs('TransactionsTable', { ttl: { attributeName: 'ttl' } }),
    'an index is missing': replaceText('TransactionsTable', 'OpenOrdersIndex', 'OtherIndex'),
    'an index holds keys only': replaceText('UsersTable', 'ALL', 'KEYS_ONLY'),
    'a table has another key': changeInputs('UsersTable', { hashKey: 'email' }),
    'a table has a fixed capacity': changeInputs('UsersTable', { billingMode: 'PROVISIONED' }),
  },
  'creates secrets empty, and tells the command line where things are': {
    'a secret is missing': removeResource('TokenSecret'),
    'the command line is told nothing': removeResource('EnvironmentValue'),
    'the command line is told another table': replaceText(
      'EnvironmentValue',
      'marketplace-users',
      'other-users',
    ),
    'the command line is told another stage': replaceText(
      'EnvironmentValue',
      'stage\\":\\"production',
      'stage\\":\\"staging',
    ),
    'a secret is given a value': replaceText(
      'EnvironmentValue',
      'secret:marketplace/payments/environment',
      'secret:marketplace/token-secret',
    ),
    'a deleted secret is gone at once': changeInputs('GatewayCredentials', {
      recoveryWindowInDays: 0,
    }),
    'a secret goes with its stage': changeResource('GatewayCredentials', (secret) => ({
      ...secret,
      isRetained: false,
    })),
  },
  'holds no secret’s value': {
    'a password is in an environment': changeInputs('WebhookHandlerFunction', {
      environment: { variables: { WEBHOOK_PASSWORD: 'hunter2' } },
    }),
    'a key is in an environment': changeInputs('WebhookHandlerFunction', {
      environment: { variables: { SST_KEY: { secret: 'AAAA' } } },
    }),
    'the token secret is in an environment': replaceText(
      'EntitlementsHandlerFunction',
      'TOKEN_SECRET_ID',
      'TOKEN_SECRET',
    ),
  },
  'sends mails as its own, and none to an address that bounced': {
    'there is no identity': removeResource('MailIdentity'),
    'mails pass the configuration set by': changeInputs('MailIdentity', {
      configurationSetName: 'other',
    }),
    'bounces are tried again': replaceText('MailConfigurationSet', 'BOUNCE', 'OTHER'),
  },
  'mails the alert address and no other': {
    'the alert address is not told': removeResource('AlertsMail'),
    'another address is told': replaceText('AlertsMail', 'payments-alerts@', 'stranger@'),
    'another topic is listened to': replaceText('AlertsMail', 'payments-alerts', 'payments-other'),
  },
};
