import { useNavigate } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { type ReactNode, type RefObject, type SyntheticEvent, useState } from 'react';
import styles from './shell.module.css';

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** What was searched for. It may be an email, so it stands in no address. */
    searched?: string;
  }
}

/** One box for any id and for an email. What is found is a page of its own, whose address says nothing of it. */
export function SearchBox({ ref }: { ref: RefObject<HTMLInputElement | null> }): ReactNode {
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const searched = text.trim();
    if (searched === '') return;
    void navigate({ to: '/found', state: { searched } });
    // Once it has been found, an email does not stand on the screen for others to read.
    setText('');
    ref.current?.blur();
  };
  return (
    <search className={styles.search}>
      <Search size={15} aria-hidden="true" />
      <form onSubmit={submit}>
        <input
          ref={ref}
          type="text"
          aria-label="Search by any id, or an email"
          placeholder="Order, user, refund, invoice or email"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          maxLength={320}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </form>
      <span className={styles.key} aria-hidden="true">
        /
      </span>
    </search>
  );
}
