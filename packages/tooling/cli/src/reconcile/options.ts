import { InvalidArgumentError } from 'commander';
import * as z from 'zod';
import type { Consent } from '../operator/confirm-change.ts';

export interface ReconcileOptions extends Consent {
  from?: string;
  to?: string;
  repair?: boolean;
  report: Format;
  json?: boolean;
  reveal?: boolean;
  rate: number;
}

/** A calendar day in India, `2026-01-31`. */
export function parseDay(text: string): string {
  const day = z.iso.date().safeParse(text);
  if (day.success) return day.data;
  throw new InvalidArgumentError('a day is spelled 2026-01-31.');
}

const formats = ['table', 'json', 'csv'] as const;
/** How a command prints what it found. */
export type Format = (typeof formats)[number];

export function parseFormat(text: string): Format {
  const format = formats.find((each) => each === text);
  if (!format) throw new InvalidArgumentError(`a format is one of ${formats.join(', ')}.`);
  return format;
}
