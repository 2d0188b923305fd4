import { open, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { toPrintableJson } from '@cloudnestle/contracts/printable';
import type { Letter } from '@cloudnestle/operations/letters/letter';
import { describeError } from '@cloudnestle/runtime/errors';
import { CliError } from '../../cli-error.ts';
import { shell } from '../../shell.ts';

/** A file of letters, one as JSON in each line, that only its owner can read: it holds people's addresses. */
export interface LetterFile {
  path: string;
  /** Resolves once the letters are on the disk. */
  append(letters: readonly Letter[]): Promise<void>;
  /** Where nothing was appended, the file goes. */
  close(): Promise<void>;
}

/** Makes the file; a `CliError` where there is one of that name already, or where it cannot be made. */
export async function createLetterFile(path: string, queue: string): Promise<LetterFile> {
  const absolute = resolve(shell().folder, path);
  const file = await open(absolute, 'wx', 0o600).catch((error: unknown) => {
    throw new CliError(`${path} cannot be made (${describeError(error)}). Nothing was changed.`);
  });
  let written = Promise.resolve();
  let isEmpty = true;
  const append = async (letters: readonly Letter[]): Promise<void> => {
    const lines = letters.map((letter) => `${toPrintableJson(toLine(letter, queue), 0)}\n`);
    isEmpty = false;
    await file.appendFile(lines.join(''));
    await file.datasync();
  };
  return {
    path,
    // One after the other: lines of two batches must not mix.
    append: (letters) => {
      const mine = written.then(() => append(letters));
      written = mine.catch(() => undefined);
      return mine;
    },
    close: async () => {
      await file.close();
      if (isEmpty) await rm(absolute);
    },
  };
}

/** All that it takes to send the letter again by hand. */
function toLine({ receiptHandle: _spent, sentAt, foreign, ...letter }: Letter, queue: string) {
  return { queue, ...letter, foreign: toJson(foreign), sentAt: sentAt.toISOString() };
}

/** As the AWS CLI takes message attributes: bytes in base64. */
function toJson(foreign: Letter['foreign']) {
  return Object.fromEntries(
    Object.entries(foreign).map(([name, { DataType, StringValue, BinaryValue }]) => [
      name,
      {
        DataType,
        StringValue,
        ...(BinaryValue ? { BinaryValue: Buffer.from(BinaryValue).toString('base64') } : {}),
      },
    ]),
  );
}
