import { AwsError } from '../../front/aws-error.ts';
import { defineOperation } from '../../front/operation.ts';
import type { Deliver } from '../delivery/deliverer.ts';
import type { EventsDependencies } from '../dependencies.ts';
import { type Envelope, formatEventTime } from '../envelope.ts';
import { readBusName } from '../find-rule.ts';
import { buildLostEvent } from '../lost-event.ts';
import { compilePattern } from '../pattern/compile-pattern.ts';
import {
  checkEntry,
  measureEntry,
  type PutEventsEntry,
  putEventsInput,
} from './put-events-entry.ts';

/** What PutEvents answers for one entry. */
type EntryResult = { EventId: string } | { ErrorCode: string; ErrorMessage: string };

/** EventBridge's limit for one PutEvents call. */
const maxTotalBytes = 256 * 1024;

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
      if (totalBytes > maxTotalBytes) {
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
