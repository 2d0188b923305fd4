import type { RevenueDay, RevenueNumbers } from '@cloudnestle/contracts/admin/analytics';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Money } from '../parts/basics.tsx';
import { formatCount, formatDay, formatLength } from '../parts/format.ts';
import parts from '../parts/parts.module.css';
import { conversionOf } from './sum-days.ts';

/** Day by day, the latest first, and the sum of all. */
export function DayTable(props: { days: readonly RevenueDay[]; total: RevenueNumbers }): ReactNode {
  return (
    <div className={parts.scroll}>
      <table className={parts.table}>
        <caption>Revenue by day</caption>
        <thead>
          <tr>
            <th scope="col">Day</th>
            {[
              'Clicks',
              'Paid of them',
              'Failed',
              'Open',
              'Payments',
              'Gross',
              'Refunds',
              'Net',
            ].map((name) => (
              <th key={name} scope="col" data-align="end">
                {name}
              </th>
            ))}
            <th scope="col" data-align="end">
              Until access
            </th>
          </tr>
        </thead>
        <tbody>
          {props.days.toReversed().map((day) => (
            <tr key={day.day} data-row>
              <th scope="row">
                <Link to="/orders" search={{ from: day.day, to: day.day }} data-row-link>
                  {formatDay(`${day.day}T12:00:00+05:30`)}
                </Link>
              </th>
              <Numbers of={day} />
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">All</th>
            <Numbers of={props.total} />
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

function Numbers({ of }: { of: RevenueNumbers }): ReactNode {
  const conversion = conversionOf(of);
  const { medianSeconds } = of.waits;
  return (
    <>
      <td data-align="end">{formatCount(of.clicks)}</td>
      <td data-align="end">
        {formatCount(of.clicksPaid)}
        {conversion !== undefined && ` (${conversion.toFixed(0)} %)`}
      </td>
      <td data-align="end">{formatCount(of.clicksFailed)}</td>
      <td data-align="end">{formatCount(of.clicksOpen)}</td>
      <td data-align="end">{formatCount(of.payments)}</td>
      <td data-align="end">
        <Money paisa={of.grossInPaisa} />
      </td>
      <td data-align="end">
        <Money paisa={of.refundsInPaisa} />
      </td>
      <td data-align="end">
        <Money paisa={of.netInPaisa} />
      </td>
      <td data-align="end">
        {medianSeconds === undefined ? '–' : formatLength(medianSeconds * 1000)}
      </td>
    </>
  );
}
