import { type ReactNode, useId } from 'react';
import styles from './parts.module.css';

interface FieldProps {
  id: string;
  'aria-describedby'?: string;
  'aria-invalid'?: boolean;
}

/** A labelled field, with a hint or what is wrong with it. */
export function Field(props: {
  label: string;
  hint?: ReactNode;
  fault?: string | undefined;
  children: (field: FieldProps) => ReactNode;
}): ReactNode {
  const { label, hint, fault, children } = props;
  const id = useId();
  const wordsId = `${id}-words`;
  const words = fault ?? hint;
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        ...(words === undefined ? {} : { 'aria-describedby': wordsId }),
        ...(fault === undefined ? {} : { 'aria-invalid': true }),
      })}
      {words !== undefined && (
        <small id={wordsId} data-tone={fault === undefined ? undefined : 'bad'}>
          {words}
        </small>
      )}
    </div>
  );
}
