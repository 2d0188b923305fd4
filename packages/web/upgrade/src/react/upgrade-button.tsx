import type { ReactNode } from 'react';
import type { Buyer, UpgradeOutcome } from '../upgrade.ts';
import { usePayments } from './provider.tsx';
import { type UpgradeState, type UseUpgradeOptions, useUpgrade } from './use-upgrade.ts';
import type { Words } from './words.ts';

export interface UpgradeButtonProps extends UseUpgradeOptions {
  /** Undefined until the buyer is known: the button is there, and off. */
  buyer: Buyer | undefined;
  /** What stands on the button; default "Upgrade". */
  children?: ReactNode;
  className?: string | undefined;
}

/** A button that opens the payment page, and a line below it that says what becomes of it. */
export function UpgradeButton(props: UpgradeButtonProps): ReactNode {
  const { buyer, children, className, ...options } = props;
  const { words } = usePayments();
  const upgrade = useUpgrade(buyer, options);
  return (
    <>
      <button
        {...upgrade.getButtonProps()}
        type="button"
        className={className}
        data-upgrade="button"
      >
        {children ?? words.upgrade}
      </button>
      <div {...upgrade.getStatusProps()} data-upgrade="status" data-status={upgrade.status}>
        <UpgradeStatus state={upgrade} />
      </div>
    </>
  );
}

/** What becomes of an upgrade, in words, with a link where there is a way on. */
export function UpgradeStatus({ state }: { state: UpgradeState }): ReactNode {
  const { words } = usePayments();
  switch (state.status) {
    case 'idle':
      return null;
    case 'starting':
    case 'leaving':
      return words[state.status];
    case 'waiting':
      return words.waiting.replace('{seconds}', String(secondsUntil(state.retryAt)));
    case 'stopped':
      return (
        <>
          {describe(state.outcome, words)}
          <WayOn outcome={state.outcome} />
        </>
      );
  }
}

type Stopped = Exclude<UpgradeOutcome, { kind: 'redirect' }>;

function describe(outcome: Stopped, words: Words): string {
  if (outcome.kind === 'aborted') return '';
  if (outcome.kind === 'unreachable') {
    return navigator.onLine === false ? words.offline : words.unreachable;
  }
  if (outcome.kind !== 'refused') return words[outcome.kind];
  const { code, message, fields, requestId } = outcome;
  const faults = fields?.map((fault) => `${fault.field.replace('billing.', '')} ${fault.message}`);
  const said =
    words.refused[outcome.status === 429 ? 'TRY_AGAIN' : (code ?? '')] ??
    faults?.join(', ') ??
    message ??
    words.refusedOtherwise;
  // Only a bug is told to support by its call.
  return outcome.status === 500 && requestId
    ? `${said} ${words.support.replace('{id}', requestId)}`
    : said;
}

/** The open page, or the payment that stands in the way. */
function WayOn({ outcome }: { outcome: Stopped }): ReactNode {
  const { words, addressOf } = usePayments();
  if (!('transactionId' in outcome)) return null;
  const [href, label] =
    outcome.kind === 'pageOpen'
      ? [outcome.redirectUrl, words.openPage]
      : [addressOf(outcome.transactionId), words.seePayment];
  return (
    <>
      {' '}
      <a href={href}>{label}</a>
    </>
  );
}

const secondsUntil = (time: Date) => Math.max(1, Math.ceil((time.getTime() - Date.now()) / 1000));
