import { Link, Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import {
  Activity,
  ChartColumn,
  HeartPulse,
  History,
  Inbox,
  type LucideIcon,
  Menu,
  ReceiptIndianRupee,
  Scale,
  ShieldAlert,
  Undo2,
} from 'lucide-react';
import { lazy, type ReactNode, Suspense, useCallback, useEffect, useRef, useState } from 'react';
import { JobsTray } from '../jobs/jobs-tray.tsx';
import { countDead, useQueues } from '../letters/use-queues.ts';
import { Empty } from '../parts/basics.tsx';
import { formatCount } from '../parts/format.ts';
import { Bones } from '../parts/loaded.tsx';
import { useConsole } from './console.tsx';
import { places, useKeys } from './keys.ts';
import { SearchBox } from './search-box.tsx';
import styles from './shell.module.css';
import { TopTools } from './top-tools.tsx';

const HelpDialog = lazy(() => import('./help-dialog.tsx'));

const icons: Readonly<Record<string, LucideIcon>> = {
  n: Activity,
  o: ReceiptIndianRupee,
  d: Inbox,
  a: ShieldAlert,
  c: Scale,
  f: Undo2,
  r: ChartColumn,
  h: HeartPulse,
  l: History,
};

/** What stands around every screen: where one can go, the search, the stage, and what is under way. */
export function Shell(): ReactNode {
  const { me } = useConsole();
  const navigate = useNavigate();
  const search = useRef<HTMLInputElement>(null);
  const [isHelping, setHelping] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const dead = countDead(useQueues(15_000).data?.queues ?? []);
  useTitles(path, () => setOpen(false));
  const goTo = useCallback((to: string) => void navigate({ to }), [navigate]);
  const focusSearch = useCallback(() => search.current?.focus(), []);
  const help = useCallback(() => setHelping(true), []);
  useKeys({ goTo, search: focusSearch, help });
  return (
    <div className={styles.shell} data-production={me.isProduction}>
      <a className={styles.skip} href="#main">
        Skip to the content
      </a>
      {me.isProduction && (
        <p className={styles.production}>
          <strong>{me.stage}</strong>: real buyers, real money
        </p>
      )}
      <header className={styles.bar}>
        <button
          type="button"
          className={styles.menu}
          aria-expanded={isOpen}
          aria-controls="places"
          onClick={() => setOpen(!isOpen)}
        >
          <Menu size={18} aria-hidden="true" />
          <span className="hidden">Menu</span>
        </button>
        <SearchBox ref={search} />
        <TopTools onHelp={help} />
      </header>
      <nav id="places" className={styles.places} data-open={isOpen} aria-label="Console">
        <p className={styles.brand}>
          <img src="/console/mark.svg" alt="" width="24" height="24" />
          <span>
            Payments
            <small>{me.stage}</small>
          </span>
        </p>
        <ul>
          {Object.entries(places).map(([key, { to, name }]) => (
            <li key={key}>
              <PlaceLink to={to} name={name} letter={key} dead={key === 'd' ? dead : 0} />
            </li>
          ))}
        </ul>
      </nav>
      <main id="main" className={styles.main} tabIndex={-1}>
        <Suspense fallback={<Bones rows={8} />}>
          <Outlet />
        </Suspense>
      </main>
      <JobsTray />
      {isHelping && (
        <Suspense>
          <HelpDialog onClose={() => setHelping(false)} />
        </Suspense>
      )}
    </div>
  );
}

function PlaceLink(props: { to: string; name: string; letter: string; dead: number }): ReactNode {
  const { to, name, letter, dead } = props;
  const Icon = icons[letter] ?? Activity;
  return (
    <Link to={to} activeOptions={{ exact: to === '/', includeSearch: false }}>
      <Icon size={16} aria-hidden="true" />
      <span>{name}</span>
      {dead > 0 && (
        <span className={styles.dead}>
          {formatCount(dead)}
          <span className="hidden"> of them</span>
        </span>
      )}
      <span className={styles.key} aria-hidden="true">
        g {letter}
      </span>
    </Link>
  );
}

/** A new screen is announced as a new page would be: its title, and its heading has the focus. */
function useTitles(path: string, onGone: () => void): void {
  const first = useRef(true);
  const gone = useRef(onGone);
  gone.current = onGone;
  useEffect(() => {
    gone.current();
    const place = Object.values(places).findLast(({ to }) => path.startsWith(to));
    document.title = `${place?.name ?? 'Payments'} · CloudNestle payments`;
    if (!first.current) document.getElementById('main')?.focus({ preventScroll: true });
    first.current = false;
  }, [path]);
}

export function NotFound(): ReactNode {
  return (
    <Empty title="There is no such page">
      <Link to="/">See what happens now</Link>
    </Empty>
  );
}
