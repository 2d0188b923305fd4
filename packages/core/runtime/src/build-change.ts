import type { ItemChange } from './merge-item.ts';

/** The state a merge wants an item in. */
export interface WantedState {
  /** Top-level attributes; undefined: the attribute is not to be there. */
  attributes: Readonly<Record<string, unknown>>;
  /** Whole maps, or paths into maps (`usage.daily_usage`), that are written in any case. */
  maps?: Readonly<Record<string, unknown>>;
  /** What a real change brings with it: the time of the update. No reason to write by itself. */
  stamps: Readonly<Record<string, string>>;
  /** What the decision depends on besides `attributes`. */
  basedOn?: readonly string[];
}

/**
 * The change that brings an item to the wanted state, or undefined where it is there already: a repeated delivery
 * writes nothing. The write only stands while every wanted attribute is as it was read.
 */
export function buildChange(
  current: Readonly<Record<string, unknown>>,
  wanted: WantedState,
): ItemChange | undefined {
  const { attributes, maps = {}, stamps, basedOn = [] } = wanted;
  const differing = Object.entries(attributes).filter(([name, value]) => current[name] !== value);
  if (differing.length === 0 && Object.keys(maps).length === 0) return undefined;
  const isGone = ([, value]: [string, unknown]) => value === undefined;
  return {
    set: {
      ...Object.fromEntries(differing.filter((each) => !isGone(each))),
      ...maps,
      ...stamps,
    },
    remove: differing.filter(isGone).map(([name]) => name),
    basedOn: [...new Set([...Object.keys(attributes), ...basedOn])],
  };
}
