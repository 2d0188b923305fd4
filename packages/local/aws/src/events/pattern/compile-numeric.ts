/**
 * Compiles the operand of `numeric`: `["=", n]`, a bound such as `["<", n]`, or a range that
 * starts with its lower bound. Returns undefined for anything else. Numbers are within ±5e9
 * (EventBridge's limit).
 */
export function compileNumeric(operand: unknown): ((value: number) => boolean) | undefined {
  if (!Array.isArray(operand)) return undefined;
  if (operand.length === 2) return compileComparison(operand[0], operand[1]);
  if (operand.length !== 4) return undefined;
  const [lowerOperator, lower, upperOperator, upper] = operand;
  if (!isLower(lowerOperator) || !isUpper(upperOperator) || !(lower < upper)) return undefined;
  const aboveLower = compileComparison(lowerOperator, lower);
  const belowUpper = compileComparison(upperOperator, upper);
  if (!aboveLower || !belowUpper) return undefined;
  return (value) => aboveLower(value) && belowUpper(value);
}

function compileComparison(
  operator: unknown,
  bound: unknown,
): ((value: number) => boolean) | undefined {
  if (typeof bound !== 'number' || Math.abs(bound) > 5_000_000_000) return undefined;
  if (operator === '=') return (value) => value === bound;
  if (operator === '>') return (value) => value > bound;
  if (operator === '>=') return (value) => value >= bound;
  if (operator === '<') return (value) => value < bound;
  if (operator === '<=') return (value) => value <= bound;
  return undefined;
}

function isLower(operator: unknown): boolean {
  return operator === '>' || operator === '>=';
}

function isUpper(operator: unknown): boolean {
  return operator === '<' || operator === '<=';
}
