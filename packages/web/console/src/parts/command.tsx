import { BookOpen } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { CopyButton } from './basics.tsx';
import styles from './parts.module.css';

const RunbookDrawer = lazy(() => import('../runbooks/runbook-drawer.tsx'));

/** The line that does the same in a terminal. */
export function Command({ line }: { line: string }): ReactNode {
  return (
    <div className={styles.command}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled with the keyboard. */}
      <code tabIndex={0}>{line}</code>
      <CopyButton text={line} what="the command" />
    </div>
  );
}

/** Opens the page that says when and why, beside what is shown. */
export function Runbook({ name, words = name }: { name: string; words?: string }): ReactNode {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" className={styles.book} onClick={() => setOpen(true)}>
        <BookOpen size={13} aria-hidden="true" />
        {words}
        <span className="hidden"> (runbook)</span>
      </button>
      {isOpen && (
        <Suspense>
          <RunbookDrawer name={name} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}

/** Command and runbook, under an action or a finding. */
export function Handrail(props: {
  command?: string | undefined;
  runbook?: string | undefined;
}): ReactNode {
  const { command, runbook } = props;
  if (command === undefined && runbook === undefined) return null;
  return (
    <div className={styles.rail}>
      {command !== undefined && <Command line={command} />}
      {runbook !== undefined && <Runbook name={runbook} />}
    </div>
  );
}
