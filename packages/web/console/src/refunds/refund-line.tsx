import type { OperatorRefund } from '@cloudnestle/contracts/admin/refunds';
import type { ReactNode } from 'react';
import { Badge, Id, Money, Time } from '../parts/basics.tsx';
import { toWords } from '../parts/format.ts';
import { describeRefund, explainRefund } from './describe-refund.ts';

/** One refund in a list. */
export function RefundLine({ refund }: { refund: OperatorRefund }): ReactNode {
  const { tone, word } = describeRefund(refund);
  const why = explainRefund(refund);
  return (
    <li>
      <Id id={refund.refundId} what="the refund’s id" />
      <Badge tone={tone}>{word}</Badge>
      <span>
        {refund.amountInPaisa === undefined ? '–' : <Money paisa={refund.amountInPaisa} />}
      </span>
      <small>
        {toWords(refund.reason)} · <Time at={refund.updatedAt} />
        {refund.nextLookAt !== undefined && (
          <>
            {' '}
            · asked again <Time at={refund.nextLookAt} withAgo={false} />
          </>
        )}
        {why !== undefined && ` · ${why}`}
      </small>
    </li>
  );
}
