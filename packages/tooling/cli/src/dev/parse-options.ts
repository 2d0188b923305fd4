import { resolve } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { shell } from '../shell.ts';

/** A TCP port, or 0 for any free one. */
export function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) {
    throw new InvalidArgumentError('a port is a number from 0 to 65535.');
  }
  return port;
}

/** A factor from 0 on. */
export function parseScale(text: string): number {
  const scale = Number(text);
  if (text.trim() === '' || !Number.isFinite(scale) || scale < 0) {
    throw new InvalidArgumentError('a scale is a number from 0 on, such as 0.01.');
  }
  return scale;
}

/** An http(s) address. */
export function parseUrl(text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw new InvalidArgumentError('an address such as http://127.0.0.1:4566 is wanted.');
  }
  return new URL(text).origin;
}

/** A folder, made absolute from where the command was called. */
export function parseFolder(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('a folder is wanted, such as .data.');
  return resolve(shell().folder, text);
}
