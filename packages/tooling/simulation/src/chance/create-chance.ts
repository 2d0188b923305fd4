/** Everything that is left to chance in one run, from one seed: the same questions in the same order, the same answers. */
export interface Chance {
  /** 0 (included) to 1 (excluded). */
  fraction(): number;
  /** 0 to `count` - 1. */
  below(count: number): number;
  between(low: number, high: number): number;
  /** True with the given probability. */
  isHit(probability: number): boolean;
  pick<const T>(choices: readonly [T, ...T[]]): T;
  /** One of the names, each as often as its weight says. */
  weighted<Name extends string>(weights: Readonly<Record<Name, number>>): Name;
  /** Mostly near `typicalMs`, seldom many times as long: as networks are. */
  latencyMs(typicalMs: number): number;
  /** A source of its own for one purpose, so that what is asked there moves nothing here. */
  fork(purpose: string): Chance;
}

export function createChance(seed: number, purpose = ''): Chance {
  const nextWord = createWords(seed, purpose);
  const fraction = () => nextWord() / 4_294_967_296;
  const below = (count: number) => Math.floor(fraction() * count);
  return {
    fraction,
    below,
    between: (low, high) => low + fraction() * (high - low),
    isHit: (probability) => probability > 0 && fraction() < probability,
    pick: (choices) => choices[below(choices.length)] ?? choices[0],
    weighted: (weights) => pickWeighted(weights, fraction()),
    latencyMs: (typicalMs) => {
      const spread = fraction();
      // Nine in ten within twice the typical time; the last one in a hundred up to twenty times.
      const factor =
        spread < 0.9
          ? 0.5 + spread * 1.5
          : spread < 0.99
            ? 2 + (spread - 0.9) * 30
            : 5 + (spread - 0.99) * 1500;
      return typicalMs * factor;
    },
    fork: (name) => createChance(nextWord(), name),
  };
}

function pickWeighted<Name extends string>(
  weights: Readonly<Record<Name, number>>,
  fraction: number,
): Name {
  let sum = 0;
  for (const name in weights) sum += weights[name];
  let rest = fraction * sum;
  let last: Name | undefined;
  for (const name in weights) {
    if (weights[name] <= 0) continue;
    last = name;
    rest -= weights[name];
    if (rest < 0) return name;
  }
  if (last === undefined) throw new Error('there is nothing to choose from');
  return last;
}

/** The generator sfc32: quick, small, and good enough for anything but secrets. */
function createWords(seed: number, purpose: string): () => number {
  let a = 0x9e3779b9;
  let b = seed | 0;
  let c = hash(purpose);
  let counter = 1;
  const next = () => {
    const word = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + word) | 0;
    return word >>> 0;
  };
  for (let round = 0; round < 12; round += 1) next();
  return next;
}

function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value;
}
