import * as z from 'zod';

/** What XML 1.0 allows, and so SQS: anything else in a message is refused or replaced there (SQS, SendMessage). */
const NOT_CARRIED = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;
const EACH_NOT_CARRIED = new RegExp(NOT_CARRIED, 'gu');
const REPLACEMENT = '\uFFFD';

/** True where events and queues carry the text: no control character, no lone surrogate, no U+FFFE or U+FFFF. */
export function isCarried(text: string): boolean {
  return !NOT_CARRIED.test(text);
}

/** The text as events and queues carry it: in NFC, with U+FFFD for each character that they do not carry. */
export function toCarried(text: string): string {
  return text.replace(EACH_NOT_CARRIED, REPLACEMENT).normalize('NFC');
}

/**
 * Text from outside, where it comes in: a body, a command line, a configuration. What no queue carries is refused, and
 * the rest is read in NFC, so that one text has one spelling behind the door.
 */
export const textSchema = z
  .string()
  .refine(isCarried, { error: 'has characters that cannot be processed', abort: true })
  .overwrite((text) => text.normalize('NFC'));

/**
 * Text in an event or a message attribute. What cannot be carried is replaced and nothing is refused: the text may be
 * the gateway's or an old row's, and no payment fails for a character.
 */
export const eventTextSchema = z.string().overwrite(toCarried);
