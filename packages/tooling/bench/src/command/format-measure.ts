import type { Goal, Measure } from '../benchmark.ts';

export const columnTitles = ['', 'measured', 'bare', 'ratio', 'quartiles', 'goal', ''] as const;

/** A measure as the cells of its row. */
export function formatMeasure(measure: Measure): string[] {
  const { what, unit, measured, baseline, ratio, goal } = measure;
  return [
    what,
    formatValue(measured, unit),
    baseline === undefined ? '' : formatValue(baseline, unit),
    ratio ? ratio.median.toFixed(2) : '',
    ratio && ratio.low !== ratio.high ? `${ratio.low.toFixed(2)}-${ratio.high.toFixed(2)}` : '',
    goal ? formatGoal(goal) : '',
    goal && ratio ? (isMet(goal, ratio.median) ? 'met' : 'missed') : '',
  ];
}

/** Whether a ratio reaches its goal, as printed: to two decimals. */
export function isMet(goal: Goal, ratio: number): boolean {
  const printed = Number(ratio.toFixed(2));
  return 'atMost' in goal ? printed <= goal.atMost : printed >= goal.atLeast;
}

function formatGoal(goal: Goal): string {
  return 'atMost' in goal ? `<= ${goal.atMost.toFixed(2)}` : `>= ${goal.atLeast.toFixed(2)}`;
}

function formatValue(value: number, unit: Measure['unit']): string {
  const digits = unit === 'ms' && value < 10 ? 2 : 0;
  return `${value.toFixed(digits)} ${unit}`;
}
