import type { Buyer, Plan, UpgradeOutcome } from '@cloudnestle/upgrade';
import { UpgradeStatus, useUpgrade } from '@cloudnestle/upgrade/react';
import { type FormEvent, type ReactNode, useRef, useState } from 'react';
import { readStored, store } from '../app/storage.ts';
import { priceOf } from '../plans/plan-words.ts';
import { BillingFields } from './billing-fields.tsx';
import { type BillingForm, emptyForm, type Faults, findFaults, toBilling } from './billing-form.ts';

interface CheckoutFormProps {
  buyer: Buyer;
  plan: Plan;
  onOutcome(outcome: UpgradeOutcome): void;
}

/** Whom the invoice is made out to, and the button that pays. */
export function CheckoutForm({ buyer, plan, onOutcome }: CheckoutFormProps): ReactNode {
  const [form, setForm] = useBillingForm(buyer.userId);
  const [isTried, setTried] = useState(false);
  const [refused, setRefused] = useState<Faults>({});
  const element = useRef<HTMLFormElement>(null);
  const faults = { ...refused, ...(isTried ? findFaults(form) : {}) };
  const upgrade = useUpgrade(buyer, {
    tier: plan.tier,
    planId: plan.planId,
    billing: toBilling(form),
    onOutcome: (outcome) => {
      setRefused(outcome.kind === 'refused' ? faultsOf(outcome.fields) : {});
      if (outcome.kind === 'redirect') store(planKey(outcome.transactionId), plan.planId);
      onOutcome(outcome);
    },
  });
  const isBusy = upgrade.status !== 'idle' && upgrade.status !== 'stopped';

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(findFaults(form)).length === 0) return upgrade.start();
    // Once the faults stand at their fields, the first one is where the buyer goes on.
    requestAnimationFrame(() =>
      element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(),
    );
  };
  const { onClick: _, ...button } = upgrade.getButtonProps();
  return (
    <form ref={element} className="stack" noValidate onSubmit={submit} data-status={upgrade.status}>
      <BillingFields
        form={form}
        faults={faults}
        onChange={(next) => {
          setForm(next);
          setRefused({});
        }}
      />
      <button {...button} type="submit" className="button pay">
        {isBusy ? <span className="spinner" aria-hidden="true" /> : <Lock />}
        {isBusy ? 'One moment…' : `Pay ${priceOf(plan)}`}
      </button>
      <div
        {...upgrade.getStatusProps()}
        className="notice"
        data-tone={upgrade.status === 'stopped' ? toneOf(upgrade.outcome) : 'plain'}
      >
        <UpgradeStatus state={upgrade} />
      </div>
      <p className="soft small-print">
        You pay at PhonePe, by UPI, card or net banking. We never see your card or account.
      </p>
    </form>
  );
}

/** Where this browser keeps which plan a payment is for, for a buyer who tries again. */
export const planKey = (transactionId: string) => `storefront.plan.${transactionId}`;

function toneOf({ kind }: UpgradeOutcome): 'bad' | 'plain' {
  return kind === 'refused' || kind === 'unreachable' ? 'bad' : 'plain';
}

const fieldNames: Readonly<Record<string, keyof BillingForm>> = {
  'billing.stateCode': 'stateCode',
  'billing.gstin': 'gstin',
  'billing.name': 'name',
  'billing.address': 'address',
};

/** The API's faults at the fields that they are of. */
function faultsOf(fields: readonly { field: string; message: string }[] = []): Faults {
  const faults: Faults = {};
  for (const { field, message } of fields) {
    const name = fieldNames[field];
    if (name) faults[name] = `This ${message}.`;
  }
  return faults;
}

/** What this buyer typed last time, in this browser. */
function useBillingForm(userId: string): [BillingForm, (form: BillingForm) => void] {
  const key = `storefront.billing.${userId}`;
  const [form, setForm] = useState(() => readForm(key));
  return [
    form,
    (next) => {
      store(key, JSON.stringify(next));
      setForm(next);
    },
  ];
}

function readForm(key: string): BillingForm {
  try {
    const read: Partial<BillingForm> | null = JSON.parse(readStored(key) ?? 'null');
    return { ...emptyForm, ...read };
  } catch {
    return emptyForm;
  }
}

function Lock(): ReactNode {
  return (
    <svg viewBox="0 0 20 20" width="18" height="18" fill="none" aria-hidden="true">
      <rect x="4" y="9" width="12" height="8" rx="2" fill="currentColor" />
      <path d="M6.5 9V6.5a3.5 3.5 0 0 1 7 0V9" stroke="currentColor" strokeWidth="1.8" />
    </svg>
  );
}
