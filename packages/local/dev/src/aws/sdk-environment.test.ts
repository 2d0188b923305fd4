import { expect, test } from 'vitest';
import { pointSdkAt } from './sdk-environment.ts';

const local = { endpoint: 'http://127.0.0.1:4566', region: 'us-east-1', replacesCredentials: true };
const external = { ...local, replacesCredentials: false };

test('a local cloud gets nothing of the developer’s own account', () => {
  const environment = {
    AWS_PROFILE: 'work',
    AWS_SESSION_TOKEN: 'session',
    AWS_ACCESS_KEY_ID: 'AKIAREAL',
    AWS_SECRET_ACCESS_KEY: 'real',
    AWS_REGION: 'ap-south-1',
    AWS_ENDPOINT_URL_SQS: 'https://elsewhere.example',
    AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true',
    PATH: '/bin',
  };
  pointAndRelease(local, environment);
  expect(environment).toEqual({
    AWS_ENDPOINT_URL: 'http://127.0.0.1:4566',
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    PATH: '/bin',
  });
});

test('an endpoint that was given keeps the credentials and region of the environment', () => {
  const environment = {
    AWS_ACCESS_KEY_ID: 'mine',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_REGION: 'ap-south-1',
    AWS_ENDPOINT_URL_SESV2: 'https://elsewhere.example',
  };
  pointAndRelease(external, environment);
  expect(environment).toEqual({
    AWS_ENDPOINT_URL: 'http://127.0.0.1:4566',
    AWS_ACCESS_KEY_ID: 'mine',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_REGION: 'ap-south-1',
  });
});

test('an endpoint that was given gets credentials only where there are none', () => {
  const bare = {};
  pointAndRelease(external, bare);
  expect(bare).toMatchObject({ AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' });

  const profiled = { AWS_PROFILE: 'emulator' };
  pointAndRelease(external, profiled);
  expect(profiled).not.toHaveProperty('AWS_ACCESS_KEY_ID');
});

test('two runs at once are refused: clients would find the wrong one', () => {
  const release = pointSdkAt(local, {});
  expect(() => pointSdkAt(external, {})).toThrow(
    expect.objectContaining({ code: 'ALREADY_RUNNING' }),
  );
  release();
  pointAndRelease(external, {});
});

function pointAndRelease(...[address, environment]: Parameters<typeof pointSdkAt>): void {
  pointSdkAt(address, environment)();
}
