import {
  GetAccountCommand,
  type GetAccountResponse,
  GetEmailIdentityCommand,
  type GetEmailIdentityResponse,
  NotFoundException,
  type SESv2Client,
} from '@aws-sdk/client-sesv2';
import type { EnvironmentSecret } from '@cloudnestle/contracts/secrets/environment';
import { listSenderIdentities } from '@cloudnestle/topology/sender-identities';
import { maskAddress } from '../words/mask.ts';
import { type Check, deadline, judge, ok, type Verdict, wrong } from './check.ts';

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

type Identity = Pick<GetEmailIdentityResponse, 'VerifiedForSendingStatus'>;

/** Whether SES takes the sender: its address or a domain above it has to be a verified identity. */
export async function judgeIdentity(
  mailFrom: string,
  find: (identity: string) => Promise<Identity | undefined>,
): Promise<Verdict> {
  const unverified: string[] = [];
  for (const identity of listSenderIdentities(mailFrom)) {
    const found = await find(identity);
    const shown = identity.includes('@') ? maskAddress(identity) : identity;
    if (found?.VerifiedForSendingStatus) return ok(`SES knows and trusts ${shown}`);
    if (found) unverified.push(`the SES identity ${shown} is not verified: mails are refused`);
  }
  if (unverified.length > 0) return wrong(...unverified);
  return wrong('SES has no identity for this address or its domain: mails are refused');
}

type Account = Pick<
  GetAccountResponse,
  'EnforcementStatus' | 'ProductionAccessEnabled' | 'SendingEnabled'
>;

/** Whether the SES account may send, and to whom. */
export function judgeAccount(
  account: Account,
  { isProduction }: { isProduction: boolean },
): Verdict {
  const { EnforcementStatus: standing, ProductionAccessEnabled, SendingEnabled } = account;
  const isSandbox = !ProductionAccessEnabled;
  return judge(
    [
      ...(SendingEnabled ? [] : ['sending is switched off in this region']),
      ...(standing === 'HEALTHY' ? [] : [`its standing is ${standing}; should be HEALTHY`]),
      ...(isSandbox && isProduction
        ? [
            'is in the SES sandbox: only verified addresses get mails; ask AWS for production access',
          ]
        : []),
    ],
    isSandbox
      ? 'in the SES sandbox: only verified addresses get mails'
      : 'may send to every address',
  );
}
