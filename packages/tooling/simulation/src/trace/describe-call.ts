import type { TracedCall } from '../parts/simulation.ts';

type Input = Readonly<Record<string, unknown>>;

/** One call in one line: what is read or written where, without the bulk of it. */
export function describeCall({ dependency, operation, input }: TracedCall): string {
  return `${dependency} ${operation}${describeInput(dependency, asInput(input))}`;
}

function describeInput(dependency: string, input: Input): string {
  switch (dependency) {
    case 'dynamo':
      return describeTable(input);
    case 'events':
      return asList(input.Entries).map(describeEntry).join('');
    case 'ses':
      return ` "${subjectOf(input)}"`;
    case 'sqs':
      return ` ${lastPart(input.QueueUrl)}${describeAttributes(asInput(input.MessageAttributes))}`;
    case 'secrets':
      return ` ${String(input.SecretId)}`;
    default:
      return ` ${describeUrl(input.url)}`;
  }
}

function describeTable(input: Input): string {
  const { TableName, Key, Item, IndexName, UpdateExpression, ConditionExpression } = input;
  const where = [lastPart(TableName), IndexName ?? Object.values(asInput(Key ?? Item))[0]];
  const update = fill(UpdateExpression, input);
  const condition = fill(ConditionExpression, input);
  return ` ${where.join(' ')}${update && ` | ${update}`}${condition && ` | if ${condition}`}`;
}

/** An expression with names and values in their places. */
function fill(expression: unknown, input: Input): string {
  if (typeof expression !== 'string') return '';
  const names = asInput(input.ExpressionAttributeNames);
  const values = asInput(input.ExpressionAttributeValues);
  return expression
    .replace(/#\w+/g, (name) => String(names[name] ?? name))
    .replace(/:\w+/g, (name) => shorten(JSON.stringify(values[name]) ?? name));
}

function describeEntry(entry: unknown): string {
  const { DetailType, Detail } = asInput(entry);
  const eventId = /"eventId":"([^"]*)"/.exec(String(Detail))?.[1];
  return ` ${String(DetailType)} ${eventId ?? ''}`;
}

function describeAttributes(attributes: Input): string {
  const reason = asInput(attributes.failureReason).StringValue;
  return reason === undefined ? '' : ` | ${String(reason)}`;
}

function subjectOf(input: Input): string {
  const { Subject } = asInput(asInput(input.Content).Simple);
  return String(asInput(Subject).Data);
}

function describeUrl(url: unknown): string {
  return String(url)
    .replace(/^https?:\/\/[^/]*/, '')
    .replace(/\?.*$/, '');
}

function lastPart(text: unknown): string {
  return String(text).split(/[/:]/).at(-1) ?? '';
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function asInput(value: unknown): Input {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
