import { createHash, hash } from 'node:crypto';
import * as z from 'zod';
import { sqsError } from './errors.ts';

const attributeSchema = z.strictObject({
  DataType: z.string().min(1),
  StringValue: z.string().optional(),
  BinaryValue: z.instanceof(Uint8Array).optional(),
});
export const attributesSchema = z.record(z.string(), attributeSchema);
export type Attribute = z.output<typeof attributeSchema>;
export type Attributes = Readonly<Record<string, Attribute>>;

/** A message in a queue. The queue alone changes it. */
export interface Message {
  readonly id: string;
  readonly body: string;
  readonly bodyMd5: string;
  readonly attributes: Attributes;
  readonly attributesMd5: string | undefined;
  /** Milliseconds since 1970; stays what it is when the message moves to a dead-letter queue. */
  readonly sentAt: number;
  /** The queue that moved it here after too many receives. */
  readonly movedFrom: string | undefined;
  /** Its place among the messages of its queue that can be received. */
  place: number;
  receiveCount: number;
  firstReceivedAt: number | undefined;
  lastReceivedAt: number | undefined;
  /** Until when it is hidden; undefined: it can be received. */
  hiddenUntil: number | undefined;
  /** It was deleted, and a part of SQS has not heard of it: it comes back once. */
  isHalfDeleted: boolean;
}

/** 1 MiB, attributes included; the same for a batch (AWS). */
export const MAX_BYTES = 1_048_576;
const MOST_ATTRIBUTES = 10;

/** What XML cannot carry SQS does not take: control characters, lone surrogates and two non-characters. */
const badCharacter = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/** Throws what SQS answers to a body or attributes that it does not take. */
export function checkMessage(body: string, attributes: Attributes): void {
  if (body === '') {
    throw sqsError('MissingParameter', 'The request must contain the parameter MessageBody.');
  }
  if (badCharacter.test(body)) {
    throw sqsError('InvalidMessageContents', 'Invalid characters found.');
  }
  const entries = Object.entries(attributes);
  if (entries.length > MOST_ATTRIBUTES) {
    throw sqsError(
      'InvalidParameterValue',
      'Number of message attributes exceeds the allowed maximum [10].',
    );
  }
  for (const [name, attribute] of entries) checkAttribute(name, attribute);
  if (sizeOf(body, attributes) > MAX_BYTES) {
    throw sqsError(
      'InvalidParameterValue',
      `One or more parameters are invalid. Reason: Message must be shorter than ${MAX_BYTES} bytes.`,
    );
  }
}

function checkAttribute(name: string, { DataType, StringValue, BinaryValue }: Attribute): void {
  const refuse = (why: string) =>
    sqsError('InvalidParameterValue', `Message attribute '${name}': ${why}`);
  if (!/^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$/.test(name) || /^(aws|amazon)\./i.test(name)) {
    throw refuse('the name is not allowed');
  }
  if (name.length > 256) throw refuse('the name is too long');
  const [kind] = DataType.split('.');
  if (kind === 'Binary') {
    if (!BinaryValue?.length) throw refuse('must contain a non-empty value of its type');
    return;
  }
  if (kind !== 'String' && kind !== 'Number') throw refuse('the type is not supported');
  if (!StringValue) throw refuse('must contain a non-empty value of its type');
  if (badCharacter.test(StringValue)) throw refuse('invalid characters found');
  if (kind === 'Number' && !/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(StringValue)) {
    throw refuse('the value is no number');
  }
}

/** Bytes as SQS counts them: the body, and of each attribute its name, type and value. */
export function sizeOf(body: string, attributes: Attributes): number {
  let bytes = Buffer.byteLength(body);
  for (const [name, { DataType, StringValue = '', BinaryValue }] of Object.entries(attributes)) {
    bytes += Buffer.byteLength(name) + Buffer.byteLength(DataType);
    bytes += BinaryValue ? BinaryValue.length : Buffer.byteLength(StringValue);
  }
  return bytes;
}

/** A new message; it was never received. */
export function createMessage(
  id: string,
  body: string,
  attributes: Attributes,
  sentAt: number,
): Message {
  return {
    id,
    body,
    bodyMd5: hash('md5', body),
    attributes,
    attributesMd5: hashAttributes(attributes),
    sentAt,
    movedFrom: undefined,
    place: 0,
    receiveCount: 0,
    firstReceivedAt: undefined,
    lastReceivedAt: undefined,
    hiddenUntil: undefined,
    isHalfDeleted: false,
  };
}

/** The checksum by which the SDK knows that attributes arrived as they were sent (AWS, SQS message metadata). */
function hashAttributes(attributes: Attributes): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const digest = createHash('md5');
  const add = (bytes: Uint8Array) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    digest.update(length).update(bytes);
  };
  for (const name of names) {
    const { DataType = '', StringValue = '', BinaryValue } = attributes[name] ?? {};
    add(Buffer.from(name));
    add(Buffer.from(DataType));
    digest.update(Buffer.from([BinaryValue ? 2 : 1]));
    add(BinaryValue ?? Buffer.from(StringValue));
  }
  return digest.digest('hex');
}
