import type { GetEmailIdentityResponse } from '@aws-sdk/client-sesv2';
import { listSenderIdentities } from '@cloudnestle/topology/sender-identities';
import { maskAddress } from '../../operator/mask.ts';
import { ok, type Verdict, wrong } from '../check.ts';

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
