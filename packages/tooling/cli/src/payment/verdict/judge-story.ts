import type { Story } from '../story/story.ts';
import type { Finding, Need } from './finding.ts';
import { judgeAccess } from './judge-access.ts';
import { judgeAttention } from './judge-attention.ts';
import { judgeLetters } from './judge-letters.ts';
import { judgeMails } from './judge-mails.ts';
import { judgeOtherOrders } from './judge-other-orders.ts';
import { judgeOutcome } from './judge-outcome.ts';
import { judgeSight } from './judge-sight.ts';

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
  /** A complete line to be pasted; where a person has something to do, it comes after that. */
  command?: string;
  needs: ReadonlySet<Need>;
}

/** Judges from the story alone. */
export function judgeStory(story: Story): Verdict {
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

function describeRun({ order }: Story, flag: string | undefined): string | undefined {
  return flag && `payments payment ${order.row.transactionId} ${flag}`;
}

/** Whether nobody has to do anything about the order, as far as one can be sure. */
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
