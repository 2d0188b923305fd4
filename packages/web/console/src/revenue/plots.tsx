import type { RevenueDay } from '@cloudnestle/contracts/admin/analytics';
import { AxisBottom, AxisLeft } from '@visx/axis';
import { GridRows } from '@visx/grid';
import { Group } from '@visx/group';
import { scaleBand, scaleLinear } from '@visx/scale';
import { Bar, LinePath } from '@visx/shape';
import type { ReactNode } from 'react';
import { Card } from '../parts/basics.tsx';
import { formatCount, formatMoney } from '../parts/format.ts';
import styles from './revenue.module.css';
import { useWidth } from './use-width.ts';

/** Money and buyers by day, side by side. Each bar says its day and its numbers; the table below says all. */
export default function Plots({ days }: { days: readonly RevenueDay[] }): ReactNode {
  return (
    <div className={styles.plots}>
      <Plot
        title="Gross, refunds and net"
        days={days}
        series={[
          { name: 'Gross', className: styles.gross, of: ({ grossInPaisa }) => grossInPaisa },
          { name: 'Refunds', className: styles.back, of: (day) => -day.refundsInPaisa },
        ]}
        line={{ name: 'Net', of: ({ netInPaisa }) => netInPaisa }}
        say={formatMoney}
        sayShort={(paisa) => `₹${formatCount(Math.round(paisa / 100))}`}
      />
      <Plot
        title="Clicks by what became of them"
        days={days}
        series={[
          { name: 'Paid', className: styles.paid, of: ({ clicksPaid }) => clicksPaid },
          { name: 'Failed', className: styles.failed, of: ({ clicksFailed }) => clicksFailed },
          { name: 'Open', className: styles.open, of: ({ clicksOpen }) => clicksOpen },
        ]}
        say={formatCount}
        sayShort={formatCount}
      />
    </div>
  );
}

interface Series {
  name: string;
  className?: string | undefined;
  of(day: RevenueDay): number;
}

interface PlotProps {
  title: string;
  days: readonly RevenueDay[];
  /** Bars on top of each other; what is below nothing hangs. */
  series: readonly Series[];
  line?: Series;
  say(value: number): string;
  sayShort(value: number): string;
}

const HEIGHT = 240;
const edge = { top: 12, right: 8, bottom: 26 };
const TICKS = 4;
/** Of an axis label's letter and of what is beside it, in pixels. */
const [LETTER, BESIDE] = [6.8, 14];

function Plot({ title, days, series, line, say, sayShort }: PlotProps): ReactNode {
  const [ref, width] = useWidth<HTMLDivElement>();
  const tops = days.map((day) => sum(series, day, 1));
  const bottoms = days.map((day) => sum(series, day, -1));
  const height = HEIGHT - edge.top - edge.bottom;
  const y = scaleLinear({
    domain: [Math.min(0, ...bottoms), Math.max(1, ...tops)],
    range: [height, 0],
    nice: true,
  });
  // As wide as the longest label: a crore has more digits than a thousand.
  const letters = Math.max(...y.ticks(TICKS).map((value) => sayShort(value).length));
  const left = Math.ceil(letters * LETTER) + BESIDE;
  const inner = { width: Math.max(0, width - left - edge.right), height };
  const x = scaleBand({
    domain: days.map(({ day }) => day),
    range: [0, inner.width],
    padding: 0.25,
  });
  const middleOf = ({ day }: RevenueDay) => (x(day) ?? 0) + x.bandwidth() / 2;
  const every = Math.max(1, Math.ceil(days.length / Math.max(2, inner.width / 74)));
  return (
    <Card
      title={title}
      aside={<Legend series={line ? [...series, line] : series} lineName={line?.name} />}
    >
      <div ref={ref} className={styles.plot}>
        {inner.width > 0 && (
          <svg
            width={width}
            height={HEIGHT}
            role="img"
            aria-label={`${title}: the table below has the numbers`}
          >
            <Group left={left} top={edge.top}>
              <GridRows
                scale={y}
                width={inner.width}
                numTicks={TICKS}
                className={styles.grid ?? ''}
              />
              {days.map((day) => (
                <g key={day.day} className={styles.day}>
                  <title>{sayDay(day, line ? [...series, line] : series, say)}</title>
                  <rect
                    x={x(day.day)}
                    y={0}
                    width={x.bandwidth()}
                    height={inner.height}
                    className={styles.touch}
                  />
                  {stack(series, day).map(({ name, className, from, to }) => (
                    <Bar
                      key={name}
                      x={x(day.day) ?? 0}
                      width={x.bandwidth()}
                      y={y(Math.max(from, to))}
                      height={Math.abs(y(from) - y(to))}
                      rx={2}
                      className={className ?? ''}
                    />
                  ))}
                </g>
              ))}
              {line && (
                <LinePath
                  data={[...days]}
                  x={middleOf}
                  y={(day) => y(line.of(day))}
                  className={styles.net ?? ''}
                />
              )}
              <AxisLeft
                scale={y}
                numTicks={TICKS}
                hideAxisLine
                hideTicks
                tickFormat={(value) => sayShort(Number(value))}
                tickLabelProps={() => ({
                  className: styles.tick ?? '',
                  textAnchor: 'end',
                  dy: '0.33em',
                  dx: -4,
                })}
              />
              <AxisBottom
                scale={x}
                top={inner.height}
                hideTicks
                stroke="var(--line)"
                tickValues={days.filter((_, index) => index % every === 0).map(({ day }) => day)}
                tickFormat={sayDate}
                tickLabelProps={() => ({
                  className: styles.tick ?? '',
                  textAnchor: 'middle',
                  dy: '0.4em',
                })}
              />
            </Group>
          </svg>
        )}
      </div>
    </Card>
  );
}

function Legend(props: { series: readonly Series[]; lineName: string | undefined }): ReactNode {
  return (
    <ul className={styles.legend}>
      {props.series.map(({ name, className }) => (
        <li key={name}>
          <svg width="12" height="12" aria-hidden="true">
            {name === props.lineName ? (
              <path d="M0 6 H12" className={styles.net} />
            ) : (
              <rect width="12" height="12" rx="3" className={className} />
            )}
          </svg>
          {name}
        </li>
      ))}
    </ul>
  );
}

/** Where each part of a day's bar begins and ends. */
function stack(series: readonly Series[], day: RevenueDay) {
  let above = 0;
  let below = 0;
  return series.map(({ name, className, of }) => {
    const value = of(day);
    const from = value < 0 ? below : above;
    if (value < 0) below += value;
    else above += value;
    return { name, className, from, to: from + value };
  });
}

function sum(series: readonly Series[], day: RevenueDay, sign: 1 | -1): number {
  return series
    .map(({ of }) => of(day))
    .filter((value) => Math.sign(value) === sign)
    .reduce((total, value) => total + value, 0);
}

function sayDay(
  day: RevenueDay,
  series: readonly Series[],
  say: (value: number) => string,
): string {
  return [day.day, ...series.map(({ name, of }) => `${name} ${say(of(day))}`)].join('\n');
}

function sayDate(day: string): string {
  return new Date(`${day}T12:00:00Z`).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'short',
  });
}
