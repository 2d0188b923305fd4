import type { EnvironmentSecret } from '@cloudnestle/contracts/secrets/environment';
import type { LetterSource } from '@cloudnestle/operations/letters/go-through-letters';
import { connectLetters, type StageLetters } from '@cloudnestle/operations/letters/stage-letters';
import { tell } from '../output/print.ts';
import { shell } from '../shell.ts';

/** The letters of a stage, read at the pace of the command that is running. */
export function openLetters(stage: EnvironmentSecret): StageLetters {
  return connectLetters(stage, readingLetters());
}

/** How a command reads dead-letter queues. */
export function readingLetters(): Pick<LetterSource, 'longPollSeconds' | 'warn'> {
  return { longPollSeconds: shell().pace.longPollSeconds, warn: tell };
}
