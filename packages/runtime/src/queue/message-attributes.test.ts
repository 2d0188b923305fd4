import { expect, it } from 'vitest';
import { toMessageAttributes } from './message-attributes.ts';

it('sends a letter whatever its reason says: what SQS does not take is replaced', () => {
  expect(toMessageAttributes({ failureReason: 'ra\uFFFFvi \uD83D', eventId: 'evt_1' })).toEqual({
    failureReason: { DataType: 'String', StringValue: 'ra\uFFFDvi \uFFFD' },
    eventId: { DataType: 'String', StringValue: 'evt_1' },
  });
});

it('leaves out what is empty or not given, which SQS would refuse', () => {
  expect(toMessageAttributes({ replayedBy: undefined, eventId: '' })).toEqual({});
});
