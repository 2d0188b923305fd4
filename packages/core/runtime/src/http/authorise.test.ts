import { expect, it } from 'vitest';
import { authorise, type Callers } from './authorise.ts';

const admins: Callers = { clientIds: ['web', 'cli'], groups: ['admin', 'repair'], tokenUse: 'id' };
const idClaims = { token_use: 'id', aud: 'web', sub: 's-1', 'cognito:groups': '[admin]' };
const accessClaims = {
  token_use: 'access',
  client_id: 'web',
  sub: 's-1',
  'cognito:groups': '[admin]',
};

it.each(['[admin]', '[admin sellers]', '[sellers admin]', '[repair]'])(
  'lets a member of one of the groups in: groups %s',
  (groups) => {
    expect(authorise({ ...idClaims, 'cognito:groups': groups }, admins)).toEqual({
      kind: 'allowed',
      subject: 's-1',
    });
  },
);

it.each([
  undefined,
  '',
  '[]',
  'admin',
  '[sellers]',
  '[superadmin]',
  '[admins]',
  '[Admin]',
  '[admin-readers]',
  '[repairs]',
  '[[admin]]',
  '[admin,sellers]',
  ['admin'],
])('keeps every other caller out: groups %j', (groups) => {
  expect(authorise({ ...idClaims, 'cognito:groups': groups }, admins)).toEqual({
    kind: 'forbidden',
    subject: 's-1',
  });
});

it('takes the tokens of every client that is named', () => {
  expect(authorise({ ...idClaims, aud: 'cli' }, admins).kind).toBe('allowed');
});

it.each([
  ['no token', undefined],
  ['an access token in place of an id token', accessClaims],
  ['an access token that also names an audience', { ...accessClaims, aud: 'web' }],
  ['a token that does not say what it is', { ...idClaims, token_use: undefined }],
  ['a token of another client', { ...idClaims, aud: 'another-client' }],
  ['a token without a client', { ...idClaims, aud: undefined }],
  ['an audience of several', { ...idClaims, aud: '[web cli]' }],
  ['the client in the wrong claim', { ...idClaims, aud: 'another-client', client_id: 'web' }],
])('takes no %s', (_what, claims) => {
  expect(authorise(claims, admins).kind).toBe('unauthenticated');
});

it('takes access tokens instead where the stage says so, and then no id tokens', () => {
  const access: Callers = { ...admins, tokenUse: 'access' };
  expect(authorise(accessClaims, access).kind).toBe('allowed');
  expect(authorise(idClaims, access).kind).toBe('unauthenticated');
  expect(authorise({ ...accessClaims, client_id: 'other', aud: 'web' }, access).kind).toBe(
    'unauthenticated',
  );
});
