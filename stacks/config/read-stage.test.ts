import { describe, expect, it } from 'vitest';
import { buildStage, readStage } from './read-stage.ts';
import { personalStage, sandboxGateway, stages } from './stages.ts';

const { production } = stages;

it('takes production as it is configured, with real money and an alert address', () => {
  const { config, isProduction } = readStage('production');
  expect(isProduction).toBe(true);
  expect(config.gateway.baseUrl).toBe('https://api.phonepe.com/apis/pg');
  expect(config.alertAddress).toBeDefined();
});

it('makes any other name a personal stage, on which no money moves', () => {
  const { config, isProduction, names } = readStage('asha');
  expect(isProduction).toBe(false);
  expect(config.gateway).toEqual(sandboxGateway);
  expect(names.tables.users).toBe('asha-marketplace-users');
});

describe('production is refused, with words about what to do,', () => {
  it.each([
    [
      'with the gateway’s sandbox',
      { gateway: sandboxGateway },
      /gateway\.baseUrl is PhonePe's sandbox/,
    ],
    ['without an alert address', { alertAddress: undefined }, /alertAddress is missing/],
    [
      'with half of a registration for GST: codes without a GSTIN',
      { seller: { ...production?.seller, sac: { standard: '998439' } } },
      /seller\.sac is there and seller\.gstin is not/,
    ],
    [
      'with a registration that no signatory stands for',
      {
        seller: { ...production?.seller, gstin: '29AAGCB7383J1Z4', sac: { standard: '998439' } },
      },
      /seller\.signatory is missing/,
    ],
    [
      'with numbers that are for trying',
      { seller: { ...production?.seller, seriesPrefix: 'TST' } },
      /seller\.seriesPrefix is TST/,
    ],
    [
      'with a gateway in the clear',
      { gateway: { authUrl: 'http://pay.example/token', baseUrl: 'https://pay.example' } },
      /gateway\.authUrl is not https/,
    ],
    [
      'with a shop in the clear',
      { frontends: [{ id: 'a', origin: 'http://a.example', returnUrl: 'https://a.example/back' }] },
      /http:\/\/a\.example is not https/,
    ],
  ])('%s', (_what, change, words) => {
    expect(() => buildStage('production', { ...production, ...change })).toThrow(words);
  });
});

it('says everything that is wrong at once', () => {
  const change = { gateway: sandboxGateway, alertAddress: undefined };
  const words = /alertAddress[\s\S]*gateway\.authUrl[\s\S]*gateway\.baseUrl/;
  expect(() => buildStage('production', { ...production, ...change })).toThrow(words);
});

it('lets a small account set aside what it has', () => {
  const changes = { upgrade: 20, callback: 10, webhook: 20, validateToken: 20 };
  const concurrency = { kind: 'reserved', accountLimit: 250, changes };
  expect(() => buildStage('production', { ...production, concurrency })).not.toThrow();
});

it('refuses a storefront that is none of the frontends, or is at another address than its own', () => {
  const storefront = { source: 'marketplace', gatewayOrigins: ['https://pay.example'] };
  const certificateArn = 'arn:aws:acm:us-east-1:123456789012:certificate/c';
  const build = (change: object) =>
    buildStage('production', { ...production, storefront: { ...storefront, ...change } });
  expect(() => build({})).not.toThrow();
  expect(() => build({ source: 'other' })).toThrow(/source is other, which is no frontend/);
  const domain = { name: 'shop.example', certificateArn };
  expect(() => build({ domain })).toThrow(/is at https:\/\/shop\.example, and its frontend at/);
});

it('refuses a console to which no operator could sign in', () => {
  const build = (console: object, admins: object = { pool: { kind: 'created' } }) =>
    buildStage('production', { ...production, console, admins });
  const origin = 'https://console.example';
  expect(() => build({ origin })).not.toThrow();
  expect(() => build({ origin: `${origin}/` })).toThrow(/no slash at its end/);
  const pool = { kind: 'existing', userPoolId: 'us-east-1_Live', clientIds: ['live'] };
  expect(() => build({ origin }, { pool })).toThrow(/admins\.pool\.console is missing/);
  const tokenUse = 'access';
  expect(() => build({ origin }, { pool: { kind: 'created' }, tokenUse })).toThrow(/id tokens/);
});

it('lets a personal stage do all that', () => {
  expect(() => buildStage('asha', personalStage)).not.toThrow();
});

it.each([
  [
    'a sender for whom no identity stands',
    { mail: { ...personalStage.mail, from: 'a@b.example' } },
    /a@b\.example/,
  ],
  ['a field that does not exist', { alertAdress: 'a@b.example' }, /alertAdress/],
  [
    'a GSTIN without codes',
    { seller: { ...personalStage.seller, sac: undefined } },
    /is missing beside a GSTIN[\s\S]*seller\.sac/,
  ],
  [
    'a GSTIN of another State',
    { seller: { ...personalStage.seller, stateCode: '27' } },
    /must be 29, the State of the GSTIN/,
  ],
  [
    'more executions than the account has to give',
    { concurrency: { kind: 'reserved', accountLimit: 10 } },
    /AWS gives away 0: ask AWS for more/,
  ],
  [
    'fewer executions than a queue starts',
    { concurrency: { kind: 'reserved', changes: { tiers: 5 } } },
    /concurrency\.changes\.tiers is 5, and its queue starts 10/,
  ],
  [
    'executions of a function that there is not',
    { concurrency: { kind: 'reserved', changes: { search: 5 } } },
    /search/,
  ],
  ['a log retention that CloudWatch does not know', { logRetentionDays: 10 }, /logRetentionDays/],
])('refuses %s on any stage', (_what, change, words) => {
  expect(() => buildStage('asha', { ...personalStage, ...change })).toThrow(words);
});

it.each(['Asha', '1st', 'a_b', 'a'.repeat(13), ''])('refuses the stage name "%s"', (name) => {
  expect(() => readStage(name)).toThrow(/stage's name has/);
});
