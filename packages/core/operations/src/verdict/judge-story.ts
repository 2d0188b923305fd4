import { contentOf, type OrderStory, type Part } from '../story/story.ts';
import { PROGRAM } from '../words/program-name.ts';
import type { Finding, Need } from './finding.ts';
import { judgeAccess } from './judge-access.ts';
import { judgeAttention } from './judge-attention.ts';
import { judgeLetters } from './judge-letters.ts';
import { judgeMails } from './judge-mails.ts';
import { judgeOtherOrders, judgeOutcome } from './judge-outcome.ts';

/** What is to be said of an order, and what to do about it. */
export interface Verdict {
  /**
   * `waiting`: nothing is wrong and something is still to come. `repairable`: `command` mends it, or a part of it.
   * `person`: something is to be decided or done that no command does. `unknown`: only the gateway knows, and did not say.
   */
  kind: 'consistent' | 'waiting' | 'repairable' | 'person' | 'unknown';
  /** False: something could not be seen, and might tell otherwise. */
  isCertain: boolean;
  /** What matters most first. */
  findings: string[];
  /** A complete line to be pasted; where an operator has something to do, it comes after that. */
  command?: string;
  needs: ReadonlySet<Need>;
}

/** Judges from the story alone. */
export function judgeStory(story: OrderStory): Verdict {
  const found = [
    ...judgeOutcome(story),
    ...judgeAttention(story),
    ...judgeOtherOrders(story),
    ...judgeAccess(story),
    ...judgeMails(story),
    ...judgeLetters(story),
    ...judgeSight(story),
  ];
  const needs = new Set(found.flatMap(({ need }) => (need === undefined ? [] : [need])));
  const flag = findFlag(needs);
  const wanted = flag ?? found.find(({ thenRun }) => thenRun !== undefined)?.thenRun;
  const command = typeof wanted === 'object' ? wanted.command : describeRun(story, wanted);
  return {
    kind: flag === undefined ? findKind(needs) : 'repairable',
    isCertain: !needs.has('sight'),
    findings: sortByWeight(found).map(({ text }) => text),
    ...(command === undefined ? {} : { command }),
    needs,
  };
}

function describeRun({ order }: OrderStory, flag: string | undefined): string | undefined {
  return flag && `${PROGRAM} payment ${order.row.transactionId} ${flag}`;
}

/** Whether no person has to do anything about the order, and everything could be seen. */
export function isFine({ kind, isCertain }: Verdict): boolean {
  return isCertain && (kind === 'consistent' || kind === 'waiting');
}

const mended: readonly Need[] = ['settle', 'publish', 'replay'];

/** Whether `--repair` has something to do. */
export function isMendable({ needs }: Pick<Verdict, 'needs'>): boolean {
  return mended.some((need) => needs.has(need));
}

function findFlag(needs: ReadonlySet<Need>): string | undefined {
  if (isMendable({ needs })) return '--repair';
  return needs.has('resend') ? '--resend-mail' : undefined;
}

function findKind(needs: ReadonlySet<Need>): Verdict['kind'] {
  if (needs.has('person')) return 'person';
  if (needs.has('answer')) return 'unknown';
  return needs.has('others') || needs.has('moment') ? 'waiting' : 'consistent';
}

const weights: readonly (Need | undefined)[] = [
  'person',
  ...mended,
  'resend',
  'moment',
  'others',
  'answer',
  'sight',
  undefined,
];

function sortByWeight(findings: readonly Finding[]): Finding[] {
  const weigh = ({ need }: Finding) => weights.indexOf(need);
  return findings.toSorted((a, b) => weigh(a) - weigh(b));
}

/** What could not be seen. */
function judgeSight(story: OrderStory): Finding[] {
  const { judgement, user, records, mails, others, refunds, queues } = story;
  const parts: [string, Part<unknown>][] = [
    ['The user', user],
    ['The entitlement records', records],
    ['What was mailed', mails],
    ["The buyer's other orders", others],
    ['The refunds', refunds],
    ...queues.dead.map(({ queue, found }): [string, Part<unknown>] => [
      `The dead letters of ${queue}`,
      found,
    ]),
  ];
  const unread = parts.flatMap(([name, part]) =>
    part.kind === 'unread' ? [`${name} could not be read: ${part.why}.`] : [],
  );
  const held = queues.dead.flatMap(({ queue, found }) => {
    const count = contentOf(found)?.heldByOthers ?? 0;
    return count === 0
      ? []
      : [`Dead letters of ${queue} held by another client, which could not be seen: ${count}.`];
  });
  const notAsked =
    judgement.kind === 'gatewayUnavailable'
      ? [`PhonePe could not be asked: ${judgement.reason}.`]
      : [];
  return [...notAsked, ...unread, ...held].map((text) => ({ need: 'sight', text }));
}
