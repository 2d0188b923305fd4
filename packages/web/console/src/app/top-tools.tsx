import { CircleHelp, LogOut, Monitor, Moon, Pause, Play, Sun } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button } from '../parts/basics.tsx';
import parts from '../parts/parts.module.css';
import { useConsole } from './console.tsx';
import { useLive } from './live.tsx';
import styles from './shell.module.css';
import { readTheme, setTheme, type Theme } from './theme.ts';

const themes = [
  { theme: 'system', Icon: Monitor },
  { theme: 'light', Icon: Sun },
  { theme: 'dark', Icon: Moon },
] as const;

/** Pause, help, and who is signed in. */
export function TopTools({ onHelp }: { onHelp(): void }): ReactNode {
  const { me, session, config } = useConsole();
  const { isPaused, setPaused } = useLive();
  const [theme, choose] = useState<Theme>(readTheme);
  const pick = (next: Theme) => {
    setTheme(next);
    choose(next);
  };
  return (
    <div className={styles.tools}>
      {me.role === 'look' && (
        <span className={styles.readOnly} title="Your group is “look”: it changes nothing.">
          Read only
        </span>
      )}
      <button type="button" aria-pressed={isPaused} onClick={() => setPaused(!isPaused)}>
        {isPaused ? <Play size={15} aria-hidden="true" /> : <Pause size={15} aria-hidden="true" />}
        <span className={styles.wide}>{isPaused ? 'Paused' : 'Live'}</span>
        <span className="hidden">{isPaused ? 'Go on updating' : 'Pause updates'}</span>
      </button>
      <button type="button" className={styles.wide} onClick={onHelp}>
        <CircleHelp size={15} aria-hidden="true" />
        <span className="hidden">Keys and help</span>
      </button>
      <details className={styles.account} name="account">
        <summary>
          <span className={styles.face} aria-hidden="true">
            {me.operator.charAt(0).toUpperCase()}
          </span>
          <span className="hidden">Your account</span>
        </summary>
        <div>
          <p>
            <strong>{me.operator}</strong>
            <small>
              {me.role === 'repair' ? 'May repair' : 'May look'} · {me.stage} · {config.region}
            </small>
          </p>
          <fieldset className={parts.segments}>
            <legend className="hidden">Theme</legend>
            {themes.map(({ theme: each, Icon }) => (
              <button
                key={each}
                type="button"
                aria-pressed={theme === each}
                onClick={() => pick(each)}
              >
                <Icon size={14} aria-hidden="true" />
                <span className="hidden">{each}</span>
              </button>
            ))}
          </fieldset>
          <Button onClick={() => session.signOut()}>
            <LogOut size={14} aria-hidden="true" />
            Sign out
          </Button>
        </div>
      </details>
    </div>
  );
}
