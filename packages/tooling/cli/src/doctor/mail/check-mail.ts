import {
  GetAccountCommand,
  GetEmailIdentityCommand,
  NotFoundException,
  type SESv2Client,
} from '@aws-sdk/client-sesv2';
import type { EnvironmentSecret } from '@cloudnestle/contracts/secrets/environment';
import { maskAddress } from '../../operator/mask.ts';
import type { Check } from '../check.ts';
import { deadline } from '../deadline.ts';
import { judgeAccount } from './judge-account.ts';
import { judgeIdentity } from './judge-identity.ts';

/** Whether SES would send our mails: the sender's identity, and the account. */
export function checkMail(
  { mailFrom }: EnvironmentSecret,
  ses: SESv2Client,
  options: { isProduction: boolean },
): Check[] {
  return [
    {
      check: 'mail',
      subject: maskAddress(mailFrom),
      asks: 'ses:GetEmailIdentity',
      look: () => judgeIdentity(mailFrom, (identity) => findIdentity(ses, identity)),
    },
    {
      check: 'mail',
      subject: 'SES account',
      asks: 'ses:GetAccount',
      look: async () =>
        judgeAccount(await ses.send(new GetAccountCommand({}), deadline()), options),
    },
  ];
}

async function findIdentity(ses: SESv2Client, EmailIdentity: string) {
  try {
    return await ses.send(new GetEmailIdentityCommand({ EmailIdentity }), deadline());
  } catch (error) {
    if (error instanceof NotFoundException) return undefined;
    throw error;
  }
}
