import type { AnalyticsResponse } from '@cloudnestle/contracts/admin/analytics';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense } from 'react';
import { useConsole } from '../app/console.tsx';
import { useInterval } from '../app/live.tsx';
import { Button, Card, Note, PageHead, Time } from '../parts/basics.tsx';
import { download, toCsv } from '../parts/csv.ts';
import { Field } from '../parts/field.tsx';
import { addDays, formatCount, formatLength, formatMoney, plural } from '../parts/format.ts';
import { Bones, Loaded } from '../parts/loaded.tsx';
import parts from '../parts/parts.module.css';
import { useToday } from '../parts/use-now.ts';
import { DayTable } from './day-table.tsx';
import styles from './revenue.module.css';
import { Shares } from './shares.tsx';
import { conversionOf, listFailures, toRows } from './sum-days.ts';

const Plots = lazy(() => import('./plots.tsx'));
const route = getRouteApi('/revenue');
const spans = [7, 30, 90] as const;

/** Money by day in India: what came in, what went back, and how buyers fared. Plots and table are the same numbers. */
export function RevenuePage(): ReactNode {
  const { api } = useConsole();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const today = useToday();
  const to = search.to ?? today;
  const from = search.from ?? addDays(to, -29);
  const query = useQuery({
    queryKey: ['analytics', from, to],
    queryFn: ({ signal }) => api('analytics', { query: { from, to }, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: useInterval(60_000),
  });
  const set = (days: { from: string; to: string }) =>
    void navigate({ search: days, replace: true });
  return (
    <>
      <PageHead
        title="Revenue"
        does="Days in India. Gross is what was paid on a day, refunds what went back on it, net the difference. Recomputed from the orders, never counted up."
      >
        {query.data && (
          <Button
            onClick={() =>
              download(`revenue-${from}-${to}.csv`, toCsv(toRows(query.data?.days ?? [])))
            }
          >
            CSV
          </Button>
        )}
      </PageHead>
      <div className={parts.stack}>
        <div className={styles.range}>
          <Field label="From">
            {(field) => (
              <input
                {...field}
                type="date"
                className={parts.input}
                value={from}
                max={to}
                onChange={({ target }) => target.value && set({ from: target.value, to })}
              />
            )}
          </Field>
          <Field label="To">
            {(field) => (
              <input
                {...field}
                type="date"
                className={parts.input}
                value={to}
                min={from}
                max={today}
                onChange={({ target }) => target.value && set({ from, to: target.value })}
              />
            )}
          </Field>
          <div className={parts.segments}>
            {spans.map((days) => (
              <button
                key={days}
                type="button"
                aria-pressed={to === today && from === addDays(today, 1 - days)}
                onClick={() => set({ from: addDays(today, 1 - days), to: today })}
              >
                {days} days
              </button>
            ))}
          </div>
        </div>
        <Loaded query={query} rows={10}>
          {(revenue) => <Shown revenue={revenue} />}
        </Loaded>
      </div>
    </>
  );
}

function Shown({ revenue }: { revenue: AnalyticsResponse }): ReactNode {
  const { total, days, asOf, uncounted } = revenue;
  const { medianSeconds, p95Seconds } = total.waits;
  const conversion = conversionOf(total);
  const tiles: readonly (readonly [string, string, string])[] = [
    ['Gross', formatMoney(total.grossInPaisa), plural(total.payments, 'payment')],
    ['Refunds', formatMoney(total.refundsInPaisa), plural(total.refunds, 'refund')],
    [
      'Net',
      formatMoney(total.netInPaisa),
      total.owedInPaisa > 0
        ? `of it ${formatMoney(total.owedInPaisa)} owed back`
        : 'gross less refunds',
    ],
    [
      'Clicks that paid',
      conversion === undefined ? '–' : `${conversion.toFixed(1)} %`,
      `${formatCount(total.clicksPaid)} of ${formatCount(total.clicks)}`,
    ],
    [
      'Until access, half',
      medianSeconds === undefined ? '–' : formatLength(medianSeconds * 1000),
      p95Seconds === undefined
        ? 'no wait is known'
        : `19 of 20 within ${formatLength(p95Seconds * 1000)}`,
    ],
  ];
  return (
    <>
      {uncounted.length > 0 && (
        <Note tone="warn">
          {plural(uncounted.length, 'day')} of the range {uncounted.length === 1 ? 'was' : 'were'}{' '}
          never counted, and {uncounted.length === 1 ? 'is' : 'are'} shown as 0:{' '}
          {uncounted.slice(0, 5).join(', ')}
          {uncounted.length > 5 && ' and others'}.
        </Note>
      )}
      <dl className={styles.tiles}>
        {tiles.map(([name, value, more]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {value}
              <small>{more}</small>
            </dd>
          </div>
        ))}
      </dl>
      {asOf !== undefined && (
        <p className={styles.asOf}>
          As of <Time at={asOf} />
        </p>
      )}
      <Suspense fallback={<Bones rows={8} />}>
        <Plots days={days} />
      </Suspense>
      <div className={styles.shares}>
        <Shares
          title="By plan"
          of={total.byPlan.map((part) => ({
            name: part.name,
            count: part.payments,
            paisa: part.grossInPaisa,
          }))}
        />
        <Shares
          title="By payment mode"
          of={total.byMode.map((part) => ({
            name: part.name,
            count: part.payments,
            paisa: part.grossInPaisa,
          }))}
        />
        <Shares title="Failed, by reason" of={listFailures(total)} />
      </div>
      <Card title="The same numbers" flush>
        <DayTable days={days} total={total} />
      </Card>
    </>
  );
}
