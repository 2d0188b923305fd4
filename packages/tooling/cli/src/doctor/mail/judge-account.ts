import type { GetAccountResponse } from '@aws-sdk/client-sesv2';
import { judge, type Verdict } from '../check.ts';

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
    isSandbox ? 'in the SES sandbox: only verified addresses get mails' : 'may send to everybody',
  );
}
