import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './dialog.module.css';
import parts from './parts.module.css';

interface Props {
  title: ReactNode;
  /** In the middle of the page, or at its side. */
  shape?: 'box' | 'drawer';
  onClose(): void;
  children: ReactNode;
  foot?: ReactNode;
}

/** What is above the page: it has the focus until it is closed, and gives it back. */
export default function DialogBox({
  title,
  shape = 'box',
  onClose,
  children,
  foot,
}: Props): ReactNode {
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={styles.back} />
        <Dialog.Popup className={shape === 'box' ? styles.box : styles.drawer}>
          <div className={styles.head}>
            <Dialog.Title>{title}</Dialog.Title>
            <Dialog.Close className={parts.copy} aria-label="Close">
              <X size={16} />
            </Dialog.Close>
          </div>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled with the keyboard. */}
          <div className={styles.body} tabIndex={0}>
            {children}
          </div>
          {foot !== undefined && <div className={styles.foot}>{foot}</div>}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
