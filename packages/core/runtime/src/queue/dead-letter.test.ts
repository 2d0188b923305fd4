import { expect, it } from 'vitest';
import { fitAttributes, toMessageAttributes } from './dead-letter.ts';

it('sends a letter whatever its reason says: what SQS does not take is replaced', () => {
  expect(toMessageAttributes({ failureReason: 'ra\uFFFFvi \uD83D', eventId: 'evt_1' })).toEqual({
    failureReason: { DataType: 'String', StringValue: 'ra\uFFFDvi \uFFFD' },
    eventId: { DataType: 'String', StringValue: 'evt_1' },
  });
});

it('leaves out what is empty or not given, which SQS would refuse', () => {
  expect(toMessageAttributes({ replayedBy: undefined, eventId: '' })).toEqual({});
});

const named = (...names: string[]) =>
  toMessageAttributes(Object.fromEntries(names.map((name) => [name, `value of ${name}`])));

it('takes all of them where ten are enough, and of two with one name the first', () => {
  const { attributes, left } = fitAttributes(named('a'), { a: { DataType: 'Number' } }, named('b'));
  expect(attributes).toEqual(named('a', 'b'));
  expect(left).toEqual([]);
});

it('takes ten, those of the first group first, and names the others', () => {
  const first = ['1', '2', '3', '4', '5', '6', '7', '8'];
  const { attributes, left } = fitAttributes(named(...first), named('x', 'y', 'z'));
  expect(Object.keys(attributes)).toEqual([...first, 'x', 'y']);
  expect(left).toEqual(['z']);
});

it('sends a letter whatever its reason says: what SQS does not take is replaced', () => {
  expect(toMessageAttributes({ failureReason: 'ra\uFFFFvi \uD83D', eventId: 'evt_1' })).toEqual({
    failureReason: { DataType: 'String', StringValue: 'ra\uFFFDvi \uFFFD' },
    eventId: { DataType: 'String', StringValue: 'evt_1' },
  });
});

it('leaves out what is empty or not given, which SQS would refuse', () => {
  expect(toMessageAttributes({ replayedBy: undefined, eventId: '' })).toEqual({});
});
