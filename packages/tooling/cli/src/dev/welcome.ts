import type { Colors } from '@cloudnestle/dev/log/colors';
import { PROGRAM } from '@cloudnestle/operations/words/program-name';
import { sha256AuthorizationHeader } from '@cloudnestle/phonepe/webhook-signature';
import Table from 'cli-table3';

export interface WelcomeFacts {
  url: string;
  awsEndpoint: string;
  region: string;
  /** The run made its credentials up. Otherwise they are the person's own, which are never printed. */
  hasLocalCredentials: boolean;
  /** Path of the sandbox's control calls below `url`. */
  controlPath: string;
  webhookCredentials: { username: string; password: string };
  usersTable: string;
  /** A given endpoint keeps its mails itself. */
  hasInbox: boolean;
  users: readonly { userId: string; email: string; note: string }[];
}

/** What `npm start` says once everything is up: who can pay, what to paste, where to look. */
export function formatWelcome(facts: WelcomeFacts, colors: Colors): string {
  const { url, awsEndpoint } = facts;
  const [firstUser] = facts.users;
  const heading = (text: string) => colors.bold(text);
  return [
    '',
    heading('Demo users'),
    formatUsers(facts.users),
    '',
    heading('Try it by hand'),
    ...(firstUser ? formatSteps(facts, firstUser) : []),
    '',
    heading("Operators' commands, in another terminal"),
    formatExports(facts),
    './payments reconcile                # asks the gateway about all open orders, now',
    './payments reconcile $ORDER         # about this one',
    './payments reconcile --from $(TZ=Asia/Kolkata date +%F) --repair',
    './payments payment $ORDER           # its whole story, and what repairs it',
    `./payments dlq triage               # dead letters by reason; ${PROGRAM} doctor checks the stage`,
    `TOKEN=$(./payments token --admin); curl -sS -X POST ${facts.url}/payments/reconciliation -H "authorization: Bearer $TOKEN" \\`,
    `  -H 'content-type: application/json' -d '{"transactionId":"txn_'$ORDER'"}'; echo`,
    '',
    `Mails       ${facts.hasInbox ? colors.cyan(`${url}/inbox`) : 'where the given endpoint keeps them'}`,
    `Console     ${colors.cyan(`${url}/console/`)} (operators: sign in as repair@ or look@)`,
    `API docs    ${colors.cyan(`${url}/docs`)}`,
    `AWS APIs    ${colors.cyan(awsEndpoint)} (${facts.region}, any credentials)`,
    '',
    `${colors.green('Ready.')} Open ${colors.cyan(`${url}/`)}  (Ctrl-C ends it)`,
    '',
  ].join('\n');
}

/** What tells the commands, and any other SDK, where this run is. */
function formatExports({ awsEndpoint, region, hasLocalCredentials }: WelcomeFacts): string {
  const where = `export AWS_ENDPOINT_URL=${awsEndpoint} AWS_REGION=${region}`;
  return hasLocalCredentials
    ? `${where} AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local`
    : where;
}

function formatUsers(users: WelcomeFacts['users']): string {
  const table = new Table({
    head: ['user id', 'email', 'starts with'],
    style: { head: [], border: [], compact: true },
  });
  for (const { userId, email, note } of users) table.push([userId, email, note]);
  return table.toString();
}

function formatSteps(facts: WelcomeFacts, user: WelcomeFacts['users'][number]): string[] {
  const { url, awsEndpoint, region, webhookCredentials } = facts;
  const json = "-H 'content-type: application/json'";
  const upgrade = JSON.stringify({ userId: user.userId, userEmail: user.email, tier: 'pro' });
  const signature = sha256AuthorizationHeader(
    webhookCredentials.username,
    webhookCredentials.password,
  );
  const key = JSON.stringify({ userId: { S: user.userId } });
  return [
    '# 1. Ask for a payment page, and keep the order id',
    `ORDER=$(curl -sS -X POST ${url}/payments/upgrade-to-pro ${json} \\`,
    `  -d '${upgrade}' | sed -n 's/.*"merchantOrderId":"\\([^"]*\\)".*/\\1/p'); echo $ORDER`,
    '# 2. Pay it in the sandbox, whose own webhook gets lost ...',
    `curl -sS -X POST ${url}${facts.controlPath}/orders/$ORDER ${json} \\`,
    `  -d '{"outcome":"COMPLETED","mode":"UPI","webhook":"lose"}'; echo`,
    '# 3. ... so send the signed webhook yourself (or wait: the sweep finds the payment within a minute)',
    `curl -sS -X POST ${url}/payments/phonepe-webhook ${json} \\`,
    `  -H 'authorization: ${signature}' \\`,
    `  -d '{"event":"checkout.order.completed","payload":{"merchantOrderId":"'$ORDER'","state":"COMPLETED","amount":29900}}'; echo`,
    '# 4. See that the user is Pro now',
    `AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local AWS_DEFAULT_REGION=${region} aws --endpoint-url ${awsEndpoint} \\`,
    `  dynamodb get-item --table-name ${facts.usersTable} --key '${key}' --query Item.subscriptionTier.S`,
  ];
}
