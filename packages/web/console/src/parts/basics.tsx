import { Check, CircleDashed, CircleHelp, Clock, Copy, TriangleAlert, X } from 'lucide-react';
import {
  type ButtonHTMLAttributes,
  type HTMLAttributes,
  type ReactNode,
  useEffect,
  useState,
} from 'react';
import { formatAgo, formatMoney, formatTime, shortenId } from './format.ts';
import styles from './parts.module.css';
import { useNow } from './use-now.ts';

/** What a state means; each has a colour, an icon, and always a word beside them. */
export type Tone = 'good' | 'wait' | 'warn' | 'bad' | 'none';

const icons = {
  good: Check,
  wait: Clock,
  warn: TriangleAlert,
  bad: X,
  none: CircleDashed,
} as const;

export function ToneIcon({ tone, size = 13 }: { tone: Tone; size?: number }): ReactNode {
  const Icon = icons[tone];
  return <Icon size={size} strokeWidth={2.5} aria-hidden="true" />;
}

export function Badge({ tone, children }: { tone: Tone; children: ReactNode }): ReactNode {
  return (
    <span className={styles.badge} data-tone={tone}>
      <ToneIcon tone={tone} />
      {children}
    </span>
  );
}

/** A sentence or more with a tone: what is wrong, what is unknown, what was done. */
export function Note(props: {
  tone: Tone;
  children: ReactNode;
  role?: 'status' | 'alert';
}): ReactNode {
  const { tone, children, role } = props;
  return (
    <div className={styles.note} data-tone={tone} role={role}>
      {tone === 'none' ? (
        <CircleHelp size={15} aria-hidden="true" />
      ) : (
        <ToneIcon tone={tone} size={15} />
      )}
      <div>{children}</div>
    </div>
  );
}

type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & {
  kind?: 'main' | 'danger' | 'quiet' | 'plain';
};

export function Button({ kind = 'plain', type = 'button', ...rest }: ButtonProps): ReactNode {
  return <button {...rest} type={type} className={styles.button} data-kind={kind} />;
}

/** A moment, its age, and its UTC spelling on hover. */
export function Time({ at, withAgo = true }: { at: string; withAgo?: boolean }): ReactNode {
  const nowMs = useNow();
  return (
    <time className={styles.time} dateTime={at} title={at}>
      {formatTime(at, nowMs)}
      {withAgo && <span className={styles.ago}> · {formatAgo(at, nowMs)}</span>}
    </time>
  );
}

/** How long ago; the moment itself on hover. */
export function Ago({ at }: { at: string }): ReactNode {
  const nowMs = useNow();
  return (
    <time className={styles.time} dateTime={at} title={`${formatTime(at, nowMs)} (${at})`}>
      {formatAgo(at, nowMs)}
    </time>
  );
}

export function Money({ paisa }: { paisa: number }): ReactNode {
  return <span className={styles.money}>{formatMoney(paisa)}</span>;
}

/** Copies; says so to the eye and to a screen reader. */
export function CopyButton({ text, what }: { text: string; what: string }): ReactNode {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), 1500);
    return () => clearTimeout(timer);
  }, [isCopied]);
  return (
    <button
      type="button"
      className={styles.copy}
      title={`Copy ${what}`}
      onClick={() => void navigator.clipboard?.writeText(text).then(() => setCopied(true))}
    >
      {isCopied ? <Check size={13} /> : <Copy size={13} />}
      <span className="hidden">{isCopied ? `Copied ${what}` : `Copy ${what}`}</span>
    </button>
  );
}

/** An id, shortened in its middle where a row is narrow, and copied whole. */
export function Id(props: {
  id: string;
  what?: string;
  longest?: number;
  children?: (shown: string) => ReactNode;
}): ReactNode {
  const { id, what = 'the id', longest, children } = props;
  const shown = shortenId(id, longest);
  return (
    <span className={styles.id} title={id}>
      {children ? children(shown) : <span>{shown}</span>}
      <CopyButton text={id} what={what} />
    </span>
  );
}

export function Card(
  props: Omit<HTMLAttributes<HTMLElement>, 'title'> & {
    title?: ReactNode;
    aside?: ReactNode;
    flush?: boolean;
  },
): ReactNode {
  const { title, aside, flush = false, children, ...rest } = props;
  return (
    <section {...rest} className={styles.card}>
      {title !== undefined && (
        <div className={styles.cardHead}>
          <h2>{title}</h2>
          {aside !== undefined && <div className={styles.tools}>{aside}</div>}
        </div>
      )}
      {flush ? children : <div className={styles.cardBody}>{children}</div>}
    </section>
  );
}

/** A page's name and what it is for; `children` are its tools. */
export function PageHead(props: {
  title: string;
  does: ReactNode;
  children?: ReactNode;
}): ReactNode {
  return (
    <div className={styles.pageHead}>
      <div>
        <h1 tabIndex={-1} id="page-title">
          {props.title}
        </h1>
        <p>{props.does}</p>
      </div>
      {props.children !== undefined && <div className={styles.tools}>{props.children}</div>}
    </div>
  );
}

/** Pairs of a name and what is known; what is undefined is left out. */
export function Facts({ of }: { of: readonly (readonly [string, ReactNode])[] }): ReactNode {
  return (
    <dl className={styles.facts}>
      {of
        .filter(
          ([, value]) => value !== undefined && value !== null && value !== '' && value !== false,
        )
        .map(([name, value]) => (
          <div key={name} className={styles.pair}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

export function Empty({ title, children }: { title: string; children?: ReactNode }): ReactNode {
  return (
    <div className={styles.empty}>
      <strong>{title}</strong>
      {children}
    </div>
  );
}
