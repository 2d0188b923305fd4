import { type ReactNode, type SyntheticEvent, useEffect, useState } from 'react';
import type { LettersSearch } from '../app/search-params.ts';
import { Button } from '../parts/basics.tsx';
import { Field } from '../parts/field.tsx';
import parts from '../parts/parts.module.css';
import { useQueues } from './use-queues.ts';

const fields = [
  { name: 'reason', label: 'Reason', hint: 'timeout *' },
  { name: 'type', label: 'Type', hint: 'PaymentCompleted' },
  { name: 'order', label: 'Order', hint: 'txn_…' },
  { name: 'user', label: 'User', hint: 'user id' },
] as const;

/** Which letters are meant. What is typed becomes the address when the field is left, or Enter is pressed. */
export function LetterFilters(props: {
  search: LettersSearch;
  onChange(change: Record<string, string | undefined>): void;
  children: ReactNode;
}): ReactNode {
  const { search, onChange, children } = props;
  const { data } = useQueues();
  const submit = (event: SyntheticEvent) => event.preventDefault();
  const isFiltered = Object.keys(search).some((name) => name !== 'look' && name !== 'letter');
  return (
    <form className={parts.filters} onSubmit={submit}>
      <Field label="Queue">
        {(field) => (
          <select
            {...field}
            className={parts.input}
            value={search.queue ?? ''}
            onChange={({ target }) => onChange({ queue: target.value })}
          >
            <option value="">All</option>
            {data?.queues.map(({ name }) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        )}
      </Field>
      {fields.map(({ name, label, hint }) => (
        <TextFilter
          key={name}
          label={label}
          hint={hint}
          value={search[name] ?? ''}
          onCommit={(value) => onChange({ [name]: value })}
        />
      ))}
      {isFiltered && (
        <Button
          kind="quiet"
          onClick={() =>
            onChange(Object.fromEntries(Object.keys(search).map((name) => [name, undefined])))
          }
        >
          Clear
        </Button>
      )}
      {children}
    </form>
  );
}

function TextFilter(props: {
  label: string;
  hint: string;
  value: string;
  onCommit(value: string): void;
}): ReactNode {
  const { label, hint, value, onCommit } = props;
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  const commit = () => typed.trim() !== value && onCommit(typed.trim());
  return (
    <Field label={label}>
      {(field) => (
        <input
          {...field}
          className={parts.input}
          size={16}
          placeholder={hint}
          autoComplete="off"
          spellCheck={false}
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
          onBlur={commit}
          onKeyDown={({ key }) => key === 'Enter' && commit()}
        />
      )}
    </Field>
  );
}
