import { describeReconciled } from '@cloudnestle/reconciliation/operator/describe-reconciled';
import { describeGateway } from '../../reconcile/one/words.ts';
import type { Story } from './story.ts';

/** The gateway's answer as the contract has it; undefined where it gave none. */
export function readGateway({ order, judgement, holdings, discrepancies }: Story) {
  if (judgement.kind === 'gatewayUnavailable') return undefined;
  return describeReconciled({
    kind: 'reconciled',
    order,
    judgement,
    holdings,
    discrepancies: [...discrepancies],
    published: undefined,
    review: 'NONE',
    ended: [],
  }).gateway;
}

/** The same in a few words. */
export function describeGatewayOf(story: Story): string {
  const gateway = readGateway(story);
  return gateway ? describeGateway(gateway) : 'nothing';
}
