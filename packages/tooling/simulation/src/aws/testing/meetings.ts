import { copyIn } from '../dynamo/copies.ts';
import { readPath } from '../dynamo/paths.ts';
import { type Item, isList, isMap, isSet, type Value } from '../dynamo/values.ts';
import type { Call } from './call.ts';
import type { Condition, Operand } from './expressions.ts';

type Test = Exclude<Condition, { kind: 'not' | 'and' | 'or' }>;

/** A comparison or function of a condition with what its operands come to on one item. */
interface Meeting {
  condition: Test;
  operands: { operand: Operand; value: Value | undefined; text: string | undefined }[];
}

/** Whether any comparison or function of a call’s conditions passes the test on any item that it meets. */
export const meets =
  (test: (meeting: Meeting) => boolean) =>
  ({ said }: Call, items: readonly Item[]) =>
    said.conditions.flatMap(listTests).some((condition) =>
      (items.length > 0 ? items : [{}]).some((item) =>
        test({
          condition,
          operands: operandsOf(condition).map((operand) => ({
            operand,
            value: valueOfOperand(operand, item),
            text: textAt(operand, item),
          })),
        }),
      ),
    );

function listTests(condition: Condition): Test[] {
  if (condition.kind === 'not') return listTests(condition.of);
  if ('left' in condition && condition.kind !== 'compare') {
    return [...listTests(condition.left), ...listTests(condition.right)];
  }
  return [condition];
}

function operandsOf(condition: Test): Operand[] {
  switch (condition.kind) {
    case 'compare':
      return [condition.left, condition.right];
    case 'between':
      return [condition.of, condition.low, condition.high];
    case 'in':
      return [condition.of, ...condition.list];
    default:
      return [
        { kind: 'path', path: condition.path },
        ...(condition.operand ? [condition.operand] : []),
      ];
  }
}

function valueOfOperand(operand: Operand, item: Item): Value | undefined {
  if (operand.kind === 'value') return copyIn(operand.value);
  const value = readPath(item, operand.path);
  if (operand.kind === 'path') return value;
  if (typeof value === 'string') return value.length;
  if (isList(value)) return value.length;
  if (isSet(value)) return value.size;
  return isMap(value) ? Object.keys(value).length : undefined;
}

function textAt(operand: Operand, item: Item): string | undefined {
  const value = operand.kind === 'value' ? operand.value : readPath(item, operand.path);
  return typeof value === 'string' ? value : undefined;
}
