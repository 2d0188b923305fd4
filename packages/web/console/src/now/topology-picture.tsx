import type { QueuesResponse } from '@cloudnestle/contracts/admin/letters';
import type { TopologyResponse } from '@cloudnestle/contracts/admin/topology';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useMemo } from 'react';
import { formatCount } from '../parts/format.ts';
import type { Step } from './find-steps.ts';
import { columns, layOutTopology, type Picture, type Row, wayOf } from './layout-topology.ts';
import styles from './now.module.css';

type Queue = QueuesResponse['queues'][number];

interface Props {
  topology: TopologyResponse;
  queues: readonly Queue[];
  steps: readonly Step[];
  isPaused: boolean;
}

/** The system as a picture: from the bus through queues and subscribers to what they leave behind. */
export function TopologyPicture({ topology, queues, steps, isPaused }: Props): ReactNode {
  const picture = useMemo(() => layOutTopology(topology), [topology]);
  const { width, height, busTop, busBottom, rows } = picture;
  const { bus } = columns;
  return (
    <div className={styles.frame} data-paused={isPaused}>
      {/* biome-ignore lint/a11y/useSemanticElements: a picture with links in it is a group. */}
      <svg
        viewBox={`0 0 ${width} ${height}`}
        className={styles.picture}
        role="group"
        aria-label={`The bus ${topology.bus.name} and its queues`}
      >
        <path d={`M0 ${height / 2} H${bus.x}`} className={styles.way} />
        <text x={4} y={height / 2 - 10} className={styles.soft}>
          events
        </text>
        <rect
          x={bus.x}
          y={busTop}
          width={bus.width}
          height={busBottom - busTop}
          rx={10}
          className={styles.bus}
        />
        <text
          transform={`translate(${bus.x + bus.width / 2 + 4} ${height / 2}) rotate(-90)`}
          textAnchor="middle"
          className={styles.busName}
        >
          {topology.bus.name}
        </text>
        {rows.map((row) => (
          <PictureRow
            key={row.name}
            row={row}
            queue={queues.find(({ name }) => name === row.name)}
          />
        ))}
        {steps.map((step) => (
          <Walkers key={step.key} step={step} picture={picture} />
        ))}
      </svg>
    </div>
  );
}

function PictureRow({ row, queue }: { row: Row; queue: Queue | undefined }): ReactNode {
  const { name, y, duty, effects, toQueue, toSubscriber, toEffects } = row;
  const { waiting, dead, isUnread } = readCounts(queue);
  const { queue: box, subscriber, effects: end } = columns;
  const flows = waiting > 0;
  return (
    <g>
      {[toQueue, toSubscriber, toEffects].map(
        (path) => path && <path key={path} d={path} className={styles.way} data-flows={flows} />,
      )}
      <rect
        x={box.x}
        y={y - 18}
        width={box.width}
        height={36}
        rx={18}
        className={styles.queue}
        data-flows={flows}
        data-dead={dead > 0}
      />
      <text x={box.x + 16} y={y + 4} className={styles.name}>
        {name}
      </text>
      <text x={box.x + box.width - 14} y={y + 4} textAnchor="end" className={styles.count}>
        {queue === undefined
          ? '…'
          : isUnread
            ? 'not read'
            : queue.live === undefined
              ? ''
              : formatCount(waiting)}
      </text>
      <Link
        to="/dead-letters"
        search={{ queue: name }}
        className={styles.dead}
        data-dead={dead > 0}
        aria-label={`${sayDead(dead)}: letters of ${name}`}
      >
        <rect x={box.x + 14} y={y + 21} width={86} height={20} rx={10} />
        <text x={box.x + 57} y={y + 35} textAnchor="middle">
          {sayDead(dead)}
        </text>
      </Link>
      {toSubscriber && (
        <>
          <rect
            x={subscriber.x}
            y={y - 24}
            width={subscriber.width}
            height={48}
            rx={8}
            className={styles.subscriber}
          />
          <text x={subscriber.x + 14} y={y - 3} className={styles.name}>
            {name}
          </text>
          <text x={subscriber.x + 14} y={y + 14} className={styles.soft}>
            {cut(duty ?? '', 28)}
            <title>{duty}</title>
          </text>
        </>
      )}
      {effects.slice(0, 3).map((effect, index) => (
        <text
          key={effect.effect}
          x={end.x}
          y={y + 4 + (index - (Math.min(effects.length, 3) - 1) / 2) * 18}
          className={styles.effect}
        >
          {cut(effect.words, 52)}
          <title>{`${effect.words} (${effect.table})`}</title>
        </text>
      ))}
    </g>
  );
}

/** One dot for each subscriber that hears of it. */
function Walkers({ step, picture }: { step: Step; picture: Picture }): ReactNode {
  return picture.rows
    .filter(({ hears }) => hears.includes(step.detailType))
    .map((row) => (
      <circle
        key={row.name}
        r={5}
        className={styles.walker}
        data-type={step.detailType}
        style={{ offsetPath: `path("${wayOf(row, picture.height)}")` }}
      />
    ));
}

function readCounts(queue: Queue | undefined) {
  const live = queue?.live;
  const dead = queue?.dead;
  return {
    waiting: live && !('unread' in live) ? live.waiting + live.inFlight : 0,
    dead: dead && !('unread' in dead) ? dead.waiting + dead.inFlight : 0,
    isUnread: (live && 'unread' in live) ?? false,
  };
}

const sayDead = (dead: number) => (dead > 0 ? `${formatCount(dead)} dead` : 'none dead');

function cut(words: string, longest: number): string {
  return words.length <= longest ? words : `${words.slice(0, longest - 1).trimEnd()}…`;
}
