import type { LetterRow } from '@cloudnestle/contracts/admin/letters';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { LettersSearch } from '../app/search-params.ts';
import { Ago, Badge } from '../parts/basics.tsx';
import { shortenId } from '../parts/format.ts';
import parts from '../parts/parts.module.css';
import styles from './letters.module.css';

/** Letters one by one; each opens beside the list. */
export function LetterTable(props: {
  letters: readonly LetterRow[];
  search: LettersSearch;
}): ReactNode {
  const { letters, search } = props;
  if (letters.length === 0) return null;
  return (
    <div className={parts.scroll}>
      <table className={parts.table}>
        <caption>Letters</caption>
        <thead>
          <tr>
            <th scope="col">Letter</th>
            <th scope="col">Type</th>
            <th scope="col">Order</th>
            <th scope="col">Failed because</th>
            <th scope="col">Last failed</th>
          </tr>
        </thead>
        <tbody>
          {letters.map((letter) => (
            <Row key={`${letter.queue} ${letter.messageId}`} letter={letter} search={search} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ letter, search }: { letter: LetterRow; search: LettersSearch }): ReactNode {
  const { messageId, detailType, transactionId, failure, cannotSucceed } = letter;
  return (
    <tr data-row data-copy={transactionId ?? messageId}>
      <td>
        <Link to="/dead-letters" search={{ ...search, letter: messageId }} data-row-link>
          <code>{shortenId(messageId, 14)}</code>
        </Link>
      </td>
      <td>{detailType ?? '–'}</td>
      <td>
        {transactionId === undefined ? (
          '–'
        ) : (
          <Link to="/orders/$transactionId" params={{ transactionId }}>
            <code>{shortenId(transactionId)}</code>
          </Link>
        )}
      </td>
      <td className={styles.reason}>
        {failure.reason}{' '}
        {cannotSucceed !== undefined && <Badge tone="bad">cannot succeed: {cannotSucceed}</Badge>}
      </td>
      <td>
        <Ago at={failure.lastAt} />
      </td>
    </tr>
  );
}
