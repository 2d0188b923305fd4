import { randomUUID } from 'node:crypto';
import { type Answer, buildXmlErrorAnswer, escapeXml } from '../../front/answer.ts';
import { AwsError } from '../../front/aws-error.ts';
import { isRecord } from '../../front/is-record.ts';

/** Turns an answer of SQS's JSON protocol into one of its query protocol. */
export function encodeSqsAnswer(operation: string, answer: Answer): Answer {
  const output: unknown = JSON.parse(answer.body.toString() || '{}');
  const fields = isRecord(output) ? output : {};
  if (answer.status !== 200) return encodeError(answer, fields);
  const result = Object.entries(fields).map(([name, value]) => encodeField(operation, name, value));
  return {
    status: 200,
    headers: { 'content-type': 'text/xml' },
    body:
      `<${operation}Response xmlns="http://queue.amazonaws.com/doc/2012-11-05/">` +
      `<${operation}Result>${result.join('')}</${operation}Result>` +
      `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata>` +
      `</${operation}Response>`,
  };
}

/** The query protocol has error codes of its own; they travel in a header of the JSON answer. */
function encodeError(answer: Answer, fields: Record<string, unknown>): Answer {
  const code = answer.headers['x-amzn-query-error']?.split(';', 1)[0] ?? 'InternalFailure';
  return buildXmlErrorAnswer(new AwsError(code, String(fields.message ?? ''), answer.status));
}

function encodeField(operation: string, name: string, value: unknown): string {
  if (Array.isArray(value)) {
    const element = listElements.get(name) ?? `${operation}ResultEntry`;
    return value.map((item) => wrap(element, encodeValue(operation, item))).join('');
  }
  const map = mapElements.get(name);
  if (!map || !isRecord(value)) return wrap(name, encodeValue(operation, value));
  return Object.entries(value)
    .map(([key, item]) =>
      wrap(
        map.element,
        wrap(map.key, escapeXml(key)) + wrap('Value', encodeValue(operation, item)),
      ),
    )
    .join('');
}

function encodeValue(operation: string, value: unknown): string {
  if (!isRecord(value)) return escapeXml(String(value)).replaceAll('\r', '&#xD;');
  return Object.entries(value)
    .map(([name, field]) => encodeField(operation, name, field))
    .join('');
}

function wrap(element: string, content: string): string {
  return `<${element}>${content}</${element}>`;
}

const listElements = new Map([
  ['QueueUrls', 'QueueUrl'],
  ['Messages', 'Message'],
  ['Failed', 'BatchResultErrorEntry'],
]);

const mapElements = new Map([
  ['Attributes', { element: 'Attribute', key: 'Name' }],
  ['MessageAttributes', { element: 'MessageAttribute', key: 'Name' }],
  ['Tags', { element: 'Tag', key: 'Key' }],
]);
