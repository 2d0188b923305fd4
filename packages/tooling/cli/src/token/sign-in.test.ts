import { expect, it } from 'vitest';
import { meetChallenge } from './sign-in.ts';

const told: string[] = [];
const prompt = {
  askEmail: async () => 'unknown',
  askText: async (question: string) => `text for "${question}"`,
  askSecret: async () => 'secret',
  askNewSecret: async (question: string) => `secret for "${question}"`,
  tell: (words: string) => told.push(words),
  close: () => undefined,
};

it.each([
  [
    'SOFTWARE_TOKEN_MFA',
    { SOFTWARE_TOKEN_MFA_CODE: 'text for "Code of your authenticator app: "' },
  ],
  ['SMS_MFA', { SMS_MFA_CODE: 'text for "Code that was sent to your phone: "' }],
  ['EMAIL_OTP', { EMAIL_OTP_CODE: 'text for "Code that was mailed to you: "' }],
  ['NEW_PASSWORD_REQUIRED', { NEW_PASSWORD: 'secret for "New password: "' }],
])('answers %s as the pool wants it', async (name, response) => {
  expect(await meetChallenge(name, prompt)).toEqual(response);
});

it.each(['MFA_SETUP', 'SELECT_MFA_TYPE', 'WEB_AUTHN'])(
  'sends an admin who is asked for %s to a page',
  async (name) => {
    await expect(meetChallenge(name, prompt)).rejects.toMatchObject({
      name: 'CliError',
      message: expect.stringMatching(new RegExp(`${name}, which a terminal cannot answer`)),
    });
  },
);
