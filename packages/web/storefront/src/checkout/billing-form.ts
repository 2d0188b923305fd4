import type { Billing } from '@cloudnestle/upgrade';
import { states } from './states.ts';

/** What the buyer has typed, as it stands in the fields. */
export interface BillingForm {
  stateCode: string;
  isCompany: boolean;
  gstin: string;
  name: string;
  address: string;
}

export const emptyForm: BillingForm = {
  stateCode: '',
  isCompany: false,
  gstin: '',
  name: '',
  address: '',
};

export type Faults = Partial<Record<keyof BillingForm, string>>;

const GSTIN = /^[0-9]{2}[A-Z0-9]{10}[A-Z0-9]{3}$/;

/** What is missing or wrong, by field, in words for beside it. The API checks the rest: a GSTIN's check digit. */
export function findFaults(form: BillingForm): Faults {
  const faults: Faults = {};
  if (form.stateCode === '')
    faults.stateCode = 'Please choose your State: it stands on the invoice.';
  if (!form.isCompany) return faults;
  const gstin = spellGstin(form.gstin);
  if (!GSTIN.test(gstin)) {
    faults.gstin = 'A GSTIN has 15 letters and digits, like 29ABCDE1234F1Z5.';
  } else if (form.stateCode !== '' && !gstin.startsWith(form.stateCode)) {
    faults.gstin = `This GSTIN is of ${nameState(gstin.slice(0, 2))}. Choose that State, or another GSTIN.`;
  }
  if (form.name.trim() === '')
    faults.name = 'Please give the name that the GSTIN is registered for.';
  return faults;
}

/** What is sent. Call it on a form without faults. */
export function toBilling(form: BillingForm): Billing {
  const { stateCode, isCompany, name, address } = form;
  return {
    stateCode,
    ...(name.trim() ? { name: name.trim() } : {}),
    ...(isCompany ? { gstin: spellGstin(form.gstin) } : {}),
    ...(isCompany && address.trim() ? { address: address.trim() } : {}),
  };
}

/** A GSTIN says its State: the buyer need not choose it again. */
export function withGstin(form: BillingForm, gstin: string): BillingForm {
  const code = gstin.trim().slice(0, 2);
  const isKnown = states.some(([known]) => known === code);
  return { ...form, gstin, ...(form.stateCode === '' && isKnown ? { stateCode: code } : {}) };
}

const spellGstin = (text: string) => text.replaceAll(/\s/g, '').toUpperCase();

function nameState(code: string): string {
  return states.find(([known]) => known === code)?.[1] ?? 'no State that we know';
}
