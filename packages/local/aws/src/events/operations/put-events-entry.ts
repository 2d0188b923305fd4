import * as z from 'zod';
import { isRecord } from '../../front/is-record.ts';

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
export const putEventsInput = z.strictObject({ Entries: z.array(entrySchema).min(1).max(10) });

export type PutEventsEntry = z.infer<typeof entrySchema>;

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
  const detail = parseDetail(entry.Detail);
  if (!detail) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
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

function parseDetail(detail: string): Record<string, unknown> | undefined {
  try {
    const parsed: unknown = JSON.parse(detail);
    return isRecord(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}
