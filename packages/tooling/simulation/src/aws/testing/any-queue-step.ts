import fc from 'fast-check';

/** One thing that happens to a queue with a dead-letter queue behind it. Handles are told by the order of receiving. */
export type QueueStep =
  | { kind: 'send'; body: string; attributes: Record<string, string>; delaySeconds?: number }
  | { kind: 'sendBatch'; bodies: readonly string[] }
  | { kind: 'receive'; from: 'queue' | 'deadLetters'; most: number; visibilitySeconds?: number }
  | { kind: 'delete'; handle: number }
  | { kind: 'deleteBatch'; handles: readonly number[] }
  | { kind: 'hide'; handle: number; seconds: number }
  | { kind: 'hideBatch'; handles: readonly number[]; seconds: number }
  /** Makes the messages that were received last visible again. */
  | { kind: 'giveBack'; most: number }
  | { kind: 'count'; of: 'queue' | 'deadLetters' }
  | { kind: 'purge' };

const messageBodies = fc.constantFrom(
  'one',
  'two',
  '{"a":"é"}',
  ' ',
  'tab\tline\n',
  'a\u0000b',
  '\u0007',
  '',
);
const anyHandle = fc.nat(60);
const anyHandles = fc.uniqueArray(anyHandle, { minLength: 1, maxLength: 3 });
/** 0 gives a message back at once; 600 is longer than any test. */
const anySeconds = fc.constantFrom(0, 0, 600);

export const anyQueueStep: fc.Arbitrary<QueueStep> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record(
      {
        kind: fc.constant('send' as const),
        body: messageBodies,
        attributes: fc.dictionary(
          fc.constantFrom('reason', 'attempts'),
          fc.constantFrom('a', '7'),
          {
            maxKeys: 2,
          },
        ),
        delaySeconds: fc.constantFrom(0, 600, 901),
      },
      { requiredKeys: ['kind', 'body', 'attributes'] },
    ),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('sendBatch' as const),
      bodies: fc.array(
        messageBodies.filter((body) => body !== ''),
        { maxLength: 11 },
      ),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record(
      {
        kind: fc.constant('receive' as const),
        from: fc.constantFrom('queue' as const, 'queue' as const, 'deadLetters' as const),
        most: fc.constantFrom(1, 2, 10, 10, 10, 11),
        visibilitySeconds: fc.constantFrom(600, 43_201),
      },
      { requiredKeys: ['kind', 'from', 'most'] },
    ),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('delete' as const), handle: anyHandle }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('deleteBatch' as const), handles: anyHandles }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('hide' as const),
      handle: anyHandle,
      seconds: fc.constantFrom(0, 0, 0, 600, 43_201),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('hideBatch' as const),
      handles: anyHandles,
      seconds: anySeconds,
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({ kind: fc.constant('giveBack' as const), most: fc.constantFrom(1, 10) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('count' as const),
      of: fc.constantFrom('queue' as const, 'deadLetters' as const),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'purge' as const }) },
);
