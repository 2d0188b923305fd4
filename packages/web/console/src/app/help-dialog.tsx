import type { ReactNode } from 'react';
import { Facts } from '../parts/basics.tsx';
import DialogBox from '../parts/dialog.tsx';
import { places } from './keys.ts';

/** What the keyboard does. */
export default function HelpDialog({ onClose }: { onClose(): void }): ReactNode {
  const keys = (...names: string[]) => names.map((name) => <kbd key={name}>{name} </kbd>);
  return (
    <DialogBox title="Keys" onClose={onClose}>
      <Facts
        of={[
          ['Search', keys('/', 'or', '⌘K')],
          ...Object.entries(places).map(
            ([letter, { name }]) => [`Go to ${name}`, keys('g', letter)] as const,
          ),
          ['Rows', keys('j', 'k', 'then', 'Enter')],
          ['Copy the id', keys('c')],
          ['This help', keys('?')],
        ]}
      />
      <p>No single key changes anything. In a field they are letters.</p>
    </DialogBox>
  );
}
