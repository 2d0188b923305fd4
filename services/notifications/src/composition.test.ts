import { expect, test } from 'vitest';
import { buildHandler } from './composition.ts';
import { SEND_RESERVE_MS } from './dependencies.ts';

const environment = {
  QUEUE_URL: 'https://sqs.example/queue',
  DEAD_LETTER_QUEUE_URL: 'https://sqs.example/queue-dlq',
  TRANSACTIONS_TABLE: 'transactions',
  NOTIFICATIONS_TABLE: 'notifications',
  USERS_TABLE: 'users',
  INVOICES_TABLE: 'invoices',
  SOLUTION_ID: 'solution',
  FUNCTION_TIMEOUT_MS: '15000',
  MAIL_FROM: 'payments@marketplace.example',
  SUPPORT_ADDRESS: 'support@marketplace.example',
  APP_URL: 'https://marketplace.example',
};

test('starts with its variables', () => {
  expect(buildHandler(environment)).toBeTypeOf('function');
});

test.each([
  ['MAIL_FROM', undefined],
  ['SUPPORT_ADDRESS', 'no address'],
  ['APP_URL', 'javascript:alert(1)'],
  ['FUNCTION_TIMEOUT_MS', String(SEND_RESERVE_MS)],
])('does not start with a wrong %s, and says so', (name, value) => {
  expect(() => buildHandler({ ...environment, [name]: value })).toThrow(name);
});
