import { type FormEvent, type ReactNode, useState } from 'react';
import { Link } from '../app/router.tsx';
import { useSession } from '../app/session.tsx';
import { useSearch } from './use-search.ts';

const examples = [
  ['Event-driven order pipeline', 'EventBridge, SQS, Lambda, DynamoDB'],
  ['Serverless web shop', 'API Gateway, Lambda, Cognito'],
  ['Static site behind a CDN', 'S3, CloudFront, Route 53'],
] as const;

/** A search app in small: asks before every search, and offers the upgrade where none is left. */
export function SearchPanel(): ReactNode {
  const { view, count, query, isSearching, search } = useSearch();
  const [text, setText] = useState('');
  const isOff = ['signedOut', 'waiting', 'noToken'].includes(view.kind);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    search(text.trim());
  };
  return (
    <section className="card search" aria-labelledby="search-title" data-kind={view.kind}>
      <h2 id="search-title">Try a search</h2>
      <form onSubmit={submit}>
        <label htmlFor="query" className="soft">
          What do you want to build?
        </label>
        <div className="search-row">
          <input
            id="query"
            type="search"
            maxLength={200}
            autoComplete="off"
            required
            placeholder="An order pipeline"
            value={text}
            disabled={isOff}
            aria-describedby="search-count"
            onChange={(event) => setText(event.target.value)}
          />
          <button className="button" type="submit" disabled={isOff} aria-busy={isSearching}>
            Search
          </button>
        </div>
      </form>
      <Quota />
      <p id="search-count" role="status" className="count">
        {count}
      </p>
      <div aria-live="polite">
        {view.kind === 'exhausted' && (
          <div className="prompt">
            <p>
              <strong>{view.words}</strong>
            </p>
            <p>{view.resets}</p>
            {view.offer && (
              <>
                <p>{view.offer.words}</p>
                <Link className="button" href={`/checkout?plan=${view.offer.planId}`}>
                  {view.offer.label}
                </Link>
              </>
            )}
          </div>
        )}
        {'words' in view && view.kind !== 'exhausted' && (
          <p className="notice" data-tone={view.kind === 'refused' ? 'bad' : 'plain'}>
            {view.words}
          </p>
        )}
        {query !== undefined && (
          <div className="results">
            <h3>Demo results for “{query}”</h3>
            <ul>
              {examples.map(([name, parts]) => (
                <li key={name}>
                  <strong>{name}</strong>
                  <small>{parts}</small>
                </li>
              ))}
            </ul>
            <p className="soft small-print">
              This demo has no search engine: every search finds the same examples.
            </p>
          </div>
        )}
      </div>
    </section>
  );
}

/** Today's searches as a bar; nothing where they are unlimited or unknown. */
export function Quota(): ReactNode {
  const { account } = useSession();
  if (!account || account.quota.dailyQuota === null) return null;
  const { dailyQuota, usedToday } = account.quota;
  return (
    <meter
      className="quota"
      aria-label={`${usedToday} of ${dailyQuota} searches used today`}
      max={dailyQuota}
      value={Math.min(usedToday, dailyQuota)}
    />
  );
}
