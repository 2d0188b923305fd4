import { CliError } from '../cli-error.ts';
import type { Prompt } from './prompt.ts';

/** The answer to what a user pool asks besides the password; throws a `CliError` where a terminal cannot give one. */
export async function meetChallenge(name: string, prompt: Prompt): Promise<Record<string, string>> {
  switch (name) {
    case 'NEW_PASSWORD_REQUIRED':
      prompt.tell('This password is an administrator’s: choose your own now.');
      return { NEW_PASSWORD: await prompt.askNewSecret('New password: ') };
    case 'SOFTWARE_TOKEN_MFA':
      return { SOFTWARE_TOKEN_MFA_CODE: await prompt.askText('Code of your authenticator app: ') };
    case 'SMS_MFA':
      return { SMS_MFA_CODE: await prompt.askText('Code that was sent to your phone: ') };
    case 'EMAIL_OTP':
      return { EMAIL_OTP_CODE: await prompt.askText('Code that was mailed to you: ') };
    default:
      throw new CliError(
        `Not signed in: the user pool asks for ${name}, which a terminal cannot answer. Sign in on the admins' page.`,
      );
  }
}
