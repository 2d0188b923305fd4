import type { Chance } from '../chance/create-chance.ts';
import type { Coverage } from '../tally/create-coverage.ts';
import type { Weather } from './create-weather.ts';
import { type CallFault, callFaults, type Dependency, type FaultKind } from './fault-kinds.ts';

/** One call that may go wrong. */
export interface FaultyCall {
  dependency: Dependency;
  /** `GetItem`, `POST /checkout/v2/pay`. */
  operation: string;
  /** The function that calls. */
  caller: string;
}

/** Decides what goes wrong, and keeps count of it. */
export interface Faults {
  /** What befalls this call; undefined: nothing. */
  ofCall(call: FaultyCall): CallFault | undefined;
  /**
   * Whether something else goes wrong now: `share` is its part in what goes wrong at all with this dependency. `where` is
   * what it meets, for the table of coverage.
   */
  happens(kind: FaultKind, dependency: Dependency, share: number, where: string): boolean;
  /** Notes a fault that was decided elsewhere. */
  note(kind: FaultKind, where: string): void;
}

type Weights = Readonly<Partial<Record<CallFault, number>>>;

const anyCall: Weights = {
  refused: 2,
  connectTimeout: 1,
  throttled: 2,
  serverError: 2,
  serverErrorAfterEffect: 2,
  denied: 1,
  timeout: 1,
  timeoutAfterEffect: 2,
  lateEffect: 1,
  lostAnswer: 3,
  slow: 2,
};

const weights: Readonly<Record<Dependency, Weights>> = {
  dynamo: anyCall,
  sqs: anyCall,
  events: anyCall,
  ses: anyCall,
  secrets: anyCall,
  gateway: { ...anyCall, denied: 0, malformedAnswer: 2, unauthorized: 2 },
  lambda: {},
  people: {},
};

/** In an outage so many calls that go wrong do so in its usual way. */
const USUAL_SHARE = 0.8;

export function createFaults(deps: {
  chance: Chance;
  weather: Weather;
  coverage: Coverage;
  nowMs(): number;
}): Faults {
  const { chance, weather, coverage, nowMs } = deps;
  return {
    ofCall: ({ dependency, operation, caller }) => {
      if (!chance.isHit(weather.rate(dependency, nowMs()))) return undefined;
      const way = weather.wayOfOutage(dependency, nowMs());
      const isUsual = way !== undefined && chance.isHit(USUAL_SHARE);
      const kind = pickFault(weights[dependency], isUsual ? way : chance.fraction());
      coverage.met(kind, `${caller} > ${dependency} ${operation}`);
      return kind;
    },
    happens: (kind, dependency, share, where) => {
      const isHit = chance.isHit(weather.rate(dependency, nowMs()) * share);
      if (isHit) coverage.met(kind, where);
      return isHit;
    },
    note: coverage.met,
  };
}

function pickFault(of: Weights, fraction: number): CallFault {
  const kinds = callFaults.filter((kind) => (of[kind] ?? 0) > 0);
  const sum = kinds.reduce((total, kind) => total + (of[kind] ?? 0), 0);
  let rest = fraction * sum;
  for (const kind of kinds) {
    rest -= of[kind] ?? 0;
    if (rest < 0) return kind;
  }
  return 'refused';
}
