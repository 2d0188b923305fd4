import type { CloudCall } from './identify-call.ts';
import { isRecord } from './is-record.ts';
import type { ServiceName } from './service-name.ts';

/** One recorded call; `target` is its table, queue, bus or secret, if it names one. */
export type RecordedCall = {
  readonly service: ServiceName;
  readonly operation: string;
  readonly target: string | undefined;
};

/** Counts every call that reached the endpoint, those answered by a fault included. */
export type CallLog = {
  /** Calls since the last reset, keyed `service:operation`. */
  snapshot(): Record<string, number>;
  count(service: ServiceName, operation: string): number;
  /** The most recent calls, oldest first; at most 10,000 are kept, the counts are of all. */
  list(): readonly RecordedCall[];
  reset(): void;
};

/** A call log and the way to write into it. */
export function createCallLog(): CallLog & { record(call: CloudCall): void } {
  const counts = new Map<string, number>();
  let recent: RecordedCall[] = [];
  return {
    snapshot: () => Object.fromEntries(counts),
    count: (service, operation) => counts.get(`${service}:${operation}`) ?? 0,
    list: () => recent.slice(-maxRecentCalls),
    reset: () => {
      counts.clear();
      recent = [];
    },
    record: ({ service, operation, body }) => {
      const key = `${service}:${operation}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
      recent.push({ service, operation, target: findTarget(body) });
      if (recent.length > maxRecentCalls * 2) recent = recent.slice(-maxRecentCalls);
    },
  };
}

const maxRecentCalls = 10_000;

function findTarget(body: unknown): string | undefined {
  if (!isRecord(body)) return undefined;
  for (const key of ['TableName', 'QueueName', 'SecretId', 'EventBusName', 'Name']) {
    const value = body[key];
    if (typeof value === 'string') return value;
  }
  if (typeof body.QueueUrl === 'string')
    return body.QueueUrl.slice(body.QueueUrl.lastIndexOf('/') + 1);
  if (isRecord(body.RequestItems)) return Object.keys(body.RequestItems).join(',');
  if (Array.isArray(body.Entries)) return joinBusNames(body.Entries);
  return undefined;
}

function joinBusNames(entries: readonly unknown[]): string | undefined {
  const names = entries.flatMap((entry) =>
    isRecord(entry) && typeof entry.EventBusName === 'string' ? [entry.EventBusName] : [],
  );
  return names.length > 0 ? [...new Set(names)].join(',') : undefined;
}
