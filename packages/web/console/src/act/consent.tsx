import { type ReactNode, useState } from 'react';
import { useConsole } from '../app/console.tsx';
import { Facts } from '../parts/basics.tsx';
import { Field } from '../parts/field.tsx';
import styles from '../parts/parts.module.css';
import { findFault } from './find-fault.ts';

/** What every change carries: why, and on production the stage's name, typed by the operator. */
export interface Consent {
  reason: string;
  stage?: string;
}

const MOST = 500;

/** The words that an operator gives before anything changes, and whether they are enough. */
export function useConsent(): { consent: Consent; fault: string | undefined; fields: ReactNode } {
  const { me, config } = useConsole();
  const [reason, setReason] = useState('');
  const [typed, setTyped] = useState('');
  const fault = findFault(reason, me.isProduction ? { typed, wanted: me.stage } : undefined);
  const fields = (
    <>
      <Facts
        of={[
          ['Stage', `${me.stage}${me.isProduction ? ', with real buyers' : ''}`],
          ['Account', me.account ?? 'not known'],
          ['Region', config.region],
          ['You', me.operator],
        ]}
      />
      <Field label="Why" hint="Kept in the action log. No personal data.">
        {(field) => (
          <textarea
            {...field}
            className={styles.input}
            rows={2}
            maxLength={MOST}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
      {me.isProduction && (
        <Field label={`Type ${me.stage} to go on`}>
          {(field) => (
            <input
              {...field}
              className={styles.input}
              autoComplete="off"
              spellCheck={false}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          )}
        </Field>
      )}
    </>
  );
  const consent = { reason: reason.trim(), ...(me.isProduction ? { stage: typed } : {}) };
  return { consent, fault, fields };
}
