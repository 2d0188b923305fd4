import type { TopologyResponse } from '@cloudnestle/contracts/admin/topology';

/** Where one queue and its subscriber stand in the picture, and the ways that lead there. */
export interface Row {
  name: string;
  /** Of the line that runs through the row. */
  y: number;
  duty: string | undefined;
  hears: readonly string[];
  effects: readonly { effect: string; words: string; table: string }[];
  /** From the bus to the queue; undefined where nothing of the bus leads there. */
  toQueue: string | undefined;
  toSubscriber: string | undefined;
  toEffects: string | undefined;
}

export interface Picture {
  width: number;
  height: number;
  busTop: number;
  busBottom: number;
  rows: readonly Row[];
}

/** The columns of the picture, from left to right. */
export const columns = {
  bus: { x: 92, width: 40 },
  queue: { x: 250, width: 176 },
  subscriber: { x: 516, width: 216 },
  effects: { x: 784 },
} as const;

const WIDTH = 1120;
const TOP = 16;
const ROW = 76;
/** A row's line runs a little above its middle: below it is what is dead. */
const MIDDLE = 28;

/** Lays the topology out: the bus on the left, a row for each queue, its subscriber and what that leaves behind. */
export function layOutTopology({ queues, subscribers }: TopologyResponse): Picture {
  const height = TOP * 2 + queues.length * ROW;
  const middle = height / 2;
  const rows = queues.map(({ name }, index): Row => {
    const y = TOP + index * ROW + MIDDLE;
    const subscriber = subscribers.find((each) => each.name === name);
    const hears = subscriber?.hears ?? [];
    return {
      name,
      y,
      duty: subscriber?.duty,
      hears,
      effects: subscriber?.effects ?? [],
      toQueue: hears.length > 0 ? curve(middle, y) : undefined,
      toSubscriber: subscriber
        ? line(columns.queue.x + columns.queue.width, columns.subscriber.x, y)
        : undefined,
      toEffects:
        subscriber && subscriber.effects.length > 0
          ? line(columns.subscriber.x + columns.subscriber.width, columns.effects.x - 8, y)
          : undefined,
    };
  });
  return { width: WIDTH, height, busTop: TOP, busBottom: height - TOP, rows };
}

/** The whole way of an event from the left edge into one subscriber’s effects. */
export function wayOf(row: Row, height: number): string {
  const end = row.toEffects ? columns.effects.x - 8 : columns.subscriber.x;
  const onBus = clampToBus(height / 2, row.y);
  const start = columns.bus.x + columns.bus.width;
  return `M0 ${height / 2} H${columns.bus.x} L${start} ${onBus} ${curve(height / 2, row.y).replace(/^M\S+ \S+ /, '')} H${end}`;
}

function curve(from: number, to: number): string {
  const start = columns.bus.x + columns.bus.width;
  const end = columns.queue.x;
  const bend = (start + end) / 2;
  return `M${start} ${clampToBus(from, to)} C${bend} ${clampToBus(from, to)} ${bend} ${to} ${end} ${to}`;
}

/** Lines leave the bus near the row that they lead to: it is as high as all of them. */
function clampToBus(middle: number, y: number): number {
  return middle + (y - middle) * 0.86;
}

function line(from: number, to: number, y: number): string {
  return `M${from} ${y} H${to}`;
}
