import type { Chance } from '../chance/create-chance.ts';
import { type Dependency, dependencies } from './fault-kinds.ts';

export type FaultLevel = 'none' | 'light' | 'heavy';

/** How often each dependency fails as time goes on. */
export interface Weather {
  /** The share of calls that go wrong at a moment, 0 to 1. */
  rate(dependency: Dependency, nowMs: number): number;
  /** An outage mostly shows in one way: 0 to 1, the same for as long as it lasts; undefined where there is none. */
  wayOfOutage(dependency: Dependency, nowMs: number): number | undefined;
}

type Rates = Readonly<Record<Dependency, number>>;

interface Phase {
  endsAtMs: number;
  rates: Rates;
  outage?: Outage;
}

interface Outage {
  of: Dependency;
  /** 0 to 1: which of its kinds of fault is the usual one. */
  way: number;
}

const MINUTE_MS = 60_000;

/** Of calls: in ordinary weather, in a storm, and of the one that is down in an outage. */
const levels = {
  none: { drizzle: 0, storm: 0, outage: { low: 0, high: 0 } },
  light: { drizzle: 0.004, storm: 0.03, outage: { low: 0.3, high: 0.8 } },
  heavy: { drizzle: 0.02, storm: 0.12, outage: { low: 0.5, high: 1 } },
} as const;

/** In so many of all runs one dependency is out for longer than a record is tried. */
const LONG_OUTAGES = 0.2;
/** Those without which payments go on, and how often each. */
const outForLong = { ses: 3, sqs: 1, events: 1, gateway: 1 };

/**
 * Fair weather, drizzle, storms over everything and outages of one, one after the other, each a few minutes long; in some
 * runs one dependency is also out for an hour. From `quietFromMs` on nothing fails any more, nor while it is `calm`.
 */
export function createWeather(
  chance: Chance,
  options: {
    startMs: number;
    quietFromMs: number;
    calm?: { fromMs: number; untilMs: number } | undefined;
    level: FaultLevel;
  },
): Weather {
  const { startMs, quietFromMs, calm, level } = options;
  let phase: Phase = { endsAtMs: startMs, rates: all(0) };
  const long = level === 'none' ? undefined : drawLongOutage(chance, startMs);
  const isOutForLong = (dependency: Dependency, nowMs: number) =>
    long?.of === dependency && nowMs >= long.startsAtMs && nowMs < long.endsAtMs;
  return {
    rate: (dependency, nowMs) => {
      if (nowMs >= quietFromMs || level === 'none') return 0;
      if (calm && nowMs >= calm.fromMs && nowMs < calm.untilMs) return 0;
      while (nowMs >= phase.endsAtMs) phase = nextPhase(chance, phase.endsAtMs, level);
      return isOutForLong(dependency, nowMs) ? 0.97 : phase.rates[dependency];
    },
    wayOfOutage: (dependency, nowMs) => {
      if (isOutForLong(dependency, nowMs)) return long?.way;
      return phase.outage?.of === dependency ? phase.outage.way : undefined;
    },
  };
}

function drawLongOutage(chance: Chance, startMs: number) {
  if (!chance.isHit(LONG_OUTAGES)) return undefined;
  const startsAtMs = startMs + chance.between(0, 25) * MINUTE_MS;
  const endsAtMs = startsAtMs + chance.between(55, 80) * MINUTE_MS;
  return { of: chance.weighted(outForLong), way: chance.fraction(), startsAtMs, endsAtMs };
}

function nextPhase(chance: Chance, startMs: number, level: FaultLevel): Phase {
  const { drizzle, storm, outage } = levels[level];
  const kind = chance.weighted({ fair: 3, drizzle: 4, storm: 2, outage: 2 });
  const minutes =
    kind === 'fair' || kind === 'drizzle' ? chance.between(3, 15) : chance.between(1, 8);
  const endsAtMs = startMs + minutes * MINUTE_MS;
  switch (kind) {
    case 'fair':
      return { endsAtMs, rates: all(0) };
    case 'drizzle':
      return { endsAtMs, rates: all(drizzle) };
    case 'storm':
      return { endsAtMs, rates: all(storm) };
    case 'outage': {
      const rate = chance.between(outage.low, outage.high);
      const of = chance.pick(dependencies);
      const rates = { ...all(drizzle), [of]: rate };
      return { endsAtMs, rates, outage: { of, way: chance.fraction() } };
    }
  }
}

function all(rate: number): Rates {
  return {
    dynamo: rate,
    sqs: rate,
    events: rate,
    ses: rate,
    secrets: rate,
    gateway: rate,
    lambda: rate,
    people: rate,
  };
}
