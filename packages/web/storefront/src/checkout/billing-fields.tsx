import { type ReactNode, useId } from 'react';
import { type BillingForm, type Faults, withGstin } from './billing-form.ts';
import { states } from './states.ts';

interface BillingFieldsProps {
  form: BillingForm;
  faults: Faults;
  onChange(form: BillingForm): void;
}

/** State, and for a company GSTIN, name and address. Each fault stands at its field. */
export function BillingFields({ form, faults, onChange }: BillingFieldsProps): ReactNode {
  const set = (change: Partial<BillingForm>) => onChange({ ...form, ...change });
  return (
    <>
      <Field label="State or Union Territory" fault={faults.stateCode}>
        {(props) => (
          <select
            {...props}
            required
            autoComplete="address-level1"
            value={form.stateCode}
            onChange={(event) => set({ stateCode: event.target.value })}
          >
            <option value="" disabled>
              Choose…
            </option>
            {states.map(([code, name]) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Field>
      <label className="check">
        <input
          type="checkbox"
          checked={form.isCompany}
          onChange={(event) => set({ isCompany: event.target.checked })}
        />
        <span>I buy for a company with a GSTIN</span>
      </label>
      {form.isCompany && (
        <>
          <Field label="GSTIN" fault={faults.gstin}>
            {(props) => (
              <input
                {...props}
                required
                className="code"
                autoComplete="off"
                autoCapitalize="characters"
                spellCheck={false}
                placeholder="29ABCDE1234F1Z5"
                value={form.gstin}
                onChange={(event) => onChange(withGstin(form, event.target.value))}
              />
            )}
          </Field>
          <Field label="Registered name" fault={faults.name}>
            {(props) => (
              <input
                {...props}
                required
                maxLength={120}
                autoComplete="organization"
                value={form.name}
                onChange={(event) => set({ name: event.target.value })}
              />
            )}
          </Field>
          <Field label="Address (optional)" fault={faults.address}>
            {(props) => (
              <input
                {...props}
                maxLength={300}
                autoComplete="street-address"
                value={form.address}
                onChange={(event) => set({ address: event.target.value })}
              />
            )}
          </Field>
        </>
      )}
    </>
  );
}

interface ControlProps {
  id: string;
  'aria-invalid': boolean;
  'aria-describedby': string | undefined;
}

function Field(props: {
  label: string;
  fault: string | undefined;
  children(control: ControlProps): ReactNode;
}): ReactNode {
  const { label, fault, children } = props;
  const id = useId();
  const faultId = `${id}-fault`;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        'aria-invalid': fault !== undefined,
        'aria-describedby': fault === undefined ? undefined : faultId,
      })}
      {fault !== undefined && (
        <p className="fault" id={faultId}>
          {fault}
        </p>
      )}
    </div>
  );
}
