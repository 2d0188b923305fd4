import * as z from 'zod';
import { AwsError } from '../front/aws-error.ts';
import { defineOperation, isRecord, parseJson } from '../front/operation.ts';
import type { Deliver } from './deliverer.ts';
import {
  buildLostEvent,
  type Envelope,
  type EventsDependencies,
  formatEventTime,
} from './dependencies.ts';
import { readBusName } from './events-state.ts';
import { compilePattern } from './pattern/compile-pattern.ts';

/** What PutEvents answers for one entry. */
type EntryResult = { EventId: string } | { ErrorCode: string; ErrorMessage: string };

/** EventBridge's limit for one PutEvents call. */
const MAX_TOTAL_BYTES = 256 * 1024;

/**
 * PutEvents: every good entry is accepted and handed to the matching rules' targets, every bad
 * one gets its own error. Entries whose index `isFailing` names fail with InternalFailure.
 *
 * As on AWS, an event to an unknown bus is accepted and dropped; here it is also named as lost.
 */
export function createPutEvents(dependencies: EventsDependencies, deliver: Deliver) {
  return (isFailing: (index: number) => boolean) =>
    defineOperation(putEventsInput, ({ Entries }) => {
      const totalBytes = Entries.reduce((sum, entry) => sum + measureEntry(entry), 0);
      if (totalBytes > MAX_TOTAL_BYTES) {
        throw new AwsError(
          'ValidationException',
          'Total size of the entries in the request is over the limit.',
        );
      }
      const results = Entries.map((entry, index) =>
        isFailing(index) ? internalFailure : accept(dependencies, deliver, entry),
      );
      const failed = results.filter((result) => 'ErrorCode' in result);
      return { FailedEntryCount: failed.length, Entries: results };
    });
}

const internalFailure: EntryResult = {
  ErrorCode: 'InternalFailure',
  ErrorMessage: 'The request processing has failed because of an unknown error.',
};

function accept(
  dependencies: EventsDependencies,
  deliver: Deliver,
  entry: PutEventsEntry,
): EntryResult {
  const checked = checkEntry(entry);
  if ('ErrorCode' in checked) return checked;
  const { accountId, region, newId, nowMs } = dependencies;
  const envelope: Envelope = {
    version: '0',
    id: newId(),
    'detail-type': checked.detailType,
    source: checked.source,
    account: accountId,
    time: formatEventTime(entry.Time === undefined ? nowMs() : entry.Time * 1000),
    region,
    resources: entry.Resources ?? [],
    detail: checked.detail,
  };
  route(dependencies, deliver, readBusName(entry.EventBusName ?? 'default'), envelope);
  return { EventId: envelope.id };
}

function route(
  { state, lose }: EventsDependencies,
  deliver: Deliver,
  busName: string,
  envelope: Envelope,
): void {
  const bus = state.buses.find((candidate) => candidate.name === busName);
  if (!bus) {
    lose(buildLostEvent(envelope, `there is no bus ${busName}: dropped, as on AWS`));
    return;
  }
  for (const rule of bus.rules) {
    if (rule.state !== 'ENABLED' || !compilePattern(rule.pattern)(envelope)) continue;
    for (const target of rule.targets) deliver({ envelope, busName, ruleName: rule.name, target });
  }
}

const entrySchema = z.strictObject({
  Source: z.string().optional(),
  DetailType: z.string().optional(),
  Detail: z.string().optional(),
  EventBusName: z.string().min(1).optional(),
  Resources: z.array(z.string()).optional(),
  /** Epoch seconds. */
  Time: z.number().optional(),
  TraceHeader: z.string().max(500).optional(),
});

/** One to ten entries, EventBridge's own limit. */
const putEventsInput = z.strictObject({ Entries: z.array(entrySchema).min(1).max(10) });

type PutEventsEntry = z.infer<typeof entrySchema>;

type CheckedEntry = {
  readonly source: string;
  readonly detailType: string;
  readonly detail: Record<string, unknown>;
};

/** Checks what AWS checks entry by entry; the answer is the entry's own error. */
export function checkEntry(
  entry: PutEventsEntry,
): CheckedEntry | { ErrorCode: string; ErrorMessage: string } {
  if (!entry.Source) return missing('Source');
  if (entry.Source.startsWith('aws.')) {
    return {
      ErrorCode: 'NotAuthorizedForSourceException',
      ErrorMessage: 'Not authorized for the source.',
    };
  }
  if (!entry.DetailType) return missing('DetailType');
  if (entry.DetailType.length > 128) {
    return {
      ErrorCode: 'InvalidArgument',
      ErrorMessage: 'Parameter DetailType is not valid. Reason: longer than 128 characters.',
    };
  }
  if (!entry.Detail) return missing('Detail');
  const detail = parseJson(entry.Detail);
  if (!isRecord(detail))
    return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  return { source: entry.Source, detailType: entry.DetailType, detail };
}

/** An entry's size in bytes as AWS counts it: 14 for a time, and its texts in UTF-8. */
export function measureEntry(entry: PutEventsEntry): number {
  const texts = [entry.Source, entry.DetailType, entry.Detail, ...(entry.Resources ?? [])];
  const textBytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text ?? ''), 0);
  return textBytes + (entry.Time === undefined ? 0 : 14);
}

function missing(parameter: string) {
  return {
    ErrorCode: 'InvalidArgument',
    ErrorMessage: `Parameter ${parameter} is not valid. Reason: ${parameter} is a required argument.`,
  };
}
