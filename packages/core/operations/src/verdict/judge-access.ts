import type { Holdings } from '@cloudnestle/payments/access';
import { readGrants } from '@cloudnestle/payments/access/grants';
import { formatRupees } from '@cloudnestle/payments/money';
import type { SubscriberName } from '@cloudnestle/topology/types';
import { contentOf, type OrderStory } from '../story/story.ts';
import { maskText } from '../words/mask.ts';
import { countOnTheWay, type Finding, isContested, isUserGone } from './finding.ts';

/** Whether the buyer holds what was paid for. */
export function judgeAccess(story: OrderStory): Finding[] {
  const { order, holdings } = story;
  const { row } = order;
  if (row.status !== 'COMPLETED') return [];
  if (row.accessRevokedAt !== undefined) return [describeRevocation(story)];
  if (isContested(story)) return [];
  if (isUserGone(story)) return [describeGoneUser(story)];
  if (holdings === undefined) return [];
  return [
    ...(holdings.isComplete ? describeSpared(holdings) : [describeMissing(story, holdings)]),
    ...describeUnknownTiers(holdings),
    ...describeSuspension(story),
  ];
}

function describeRevocation({ order, user }: OrderStory): Finding {
  const { transactionId, accessRevokedAt, accessEndReason, accessWord, refunds = {} } = order.row;
  const refunded = Object.values(refunds).reduce((sum, each) => sum + each, 0);
  const byRefund = refunded > 0 ? `: ${formatRupees(refunded)} were refunded` : '';
  const byWord = accessWord ? ` by ${maskText(accessWord.by)}: ${maskText(accessWord.why)}` : '';
  const why = accessEndReason === 'OPERATOR' ? byWord : byRefund;
  const text = `Access of this order was taken back ${accessRevokedAt}${why}. It gives nothing any more.`;
  const grant = readGrants(contentOf(user)?.grants)[transactionId];
  const isLate = grant !== undefined && grant.endedAt === undefined;
  const late = " The user's row does not have that yet: the sweep publishes it until it does.";
  return { text: isLate ? text + late : text };
}

function describeGoneUser({ order }: OrderStory): Finding {
  const { userId } = order.row;
  const text =
    `The user ${userId} is gone (no row, or none with an address), so no account can hold what was paid for. Have the user ` +
    'restored with this very id, and then run the command below.';
  return { need: 'person', text, thenRun: '--repair' };
}

function describeMissing(story: OrderStory, holdings: Holdings): Finding {
  const isTierBehind = holdings.user !== 'held';
  const records = [
    holdings.byUserId === 'behind' && 'the record by user id is behind',
    holdings.byEmail === 'behind' && 'the record by email is behind',
    isNowhere(holdings) && 'there is no entitlement record at all',
  ].filter((each) => each !== false);
  const behind = [...(isTierBehind ? ["the user's tier is behind"] : []), ...records];
  const owners: SubscriberName[] = [
    ...(isTierBehind ? (['tiers'] as const) : []),
    ...(records.length > 0 ? (['entitlements'] as const) : []),
  ];
  const text = `Paid, but ${behind.join(', ')}.`;
  return owners.every((owner) => countOnTheWay(story, owner) !== undefined)
    ? { need: 'moment', text: `${text} It was published just now, and messages are on their way.` }
    : { need: 'settle', text };
}

function isNowhere({ byUserId, byEmail }: Holdings): boolean {
  return byUserId === 'missing' && byEmail === 'missing';
}

function describeSpared({ byUserId, byEmail }: Holdings): Finding[] {
  const named = byUserId === 'missing' ? 'user id' : byEmail === 'missing' ? 'email' : undefined;
  return named === undefined
    ? []
    : [
        {
          text: `There is no entitlement record by ${named}; none is needed beside the other one.`,
        },
      ];
}

function describeUnknownTiers({ unknownTiers }: Holdings): Finding[] {
  return unknownTiers.map((tier) => ({
    text:
      `The buyer holds the tier "${tier}", which the catalogue does not know. It was left as it is, it searches without ` +
      'a limit, and nothing is sold over it.',
  }));
}

function describeSuspension({ user, records }: OrderStory): Finding[] {
  const statuses = [
    contentOf(user)?.subscriptionStatus,
    ...(contentOf(records) ?? []).flatMap(({ byUserId, byEmail }) =>
      [byUserId, ...byEmail].map((each) => each?.status),
    ),
  ];
  return statuses.includes('suspended')
    ? [
        {
          text: 'An operator has suspended this buyer: the paid tier stands, and access is stopped.',
        },
      ]
    : [];
}
