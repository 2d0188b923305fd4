import { noColors } from '@cloudnestle/dev/log/colors';
import { expect, it } from 'vitest';
import { formatWelcome, type WelcomeFacts } from './welcome.ts';

const facts: WelcomeFacts = {
  url: 'http://127.0.0.1:3000',
  awsEndpoint: 'http://127.0.0.1:4566',
  region: 'ap-south-1',
  hasLocalCredentials: true,
  controlPath: '/control',
  webhookCredentials: { username: 'hook', password: 'word' },
  usersTable: 'users',
  hasInbox: true,
  users: [{ userId: 'user-1', email: 'user@example.com', note: 'a buyer' }],
};

it('gives operators the lines that lead their commands to this run', () => {
  const lines = formatWelcome(facts, noColors).split('\n');
  expect(lines).toContain(
    'export AWS_ENDPOINT_URL=http://127.0.0.1:4566 AWS_REGION=ap-south-1 AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local',
  );
  expect(lines.join('\n')).toContain('TOKEN=$(./payments token --admin)');
});

it('says where the API is described', () => {
  expect(formatWelcome(facts, noColors).split('\n')).toContain(
    'API docs    http://127.0.0.1:3000/docs',
  );
});

it('leaves a developer their own credentials where the endpoint is not of this run', () => {
  const lines = formatWelcome({ ...facts, hasLocalCredentials: false }, noColors).split('\n');
  expect(lines).toContain('export AWS_ENDPOINT_URL=http://127.0.0.1:4566 AWS_REGION=ap-south-1');
});
