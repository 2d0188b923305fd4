import { InvalidArgumentError } from 'commander';

export const formats = ['table', 'json', 'csv'] as const;
/** How a command prints what it found. */
export type Format = (typeof formats)[number];

export function parseFormat(text: string): Format {
  const format = formats.find((each) => each === text);
  if (!format) throw new InvalidArgumentError(`a format is one of ${formats.join(', ')}.`);
  return format;
}
