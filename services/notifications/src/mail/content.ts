/** A mail ready to be sent. */
export interface Mail {
  subject: string;
  html: string;
  text: string;
}

/** Addresses every mail needs. */
export interface MailLinks {
  /** Where Pro is used and sold. */
  appUrl: string;
  supportAddress: string;
}

/** What a mail says, in plain text throughout: the layouts alone decide how it looks, and escape every value. */
export interface MailContent {
  subject: string;
  /** The line an inbox shows beside the subject. */
  preview: string;
  heading: string;
  intro: string;
  status: { label: string; tone: 'waiting' | 'good' | 'bad' };
  /** Shown as a table, in this order; the status follows. */
  facts: readonly { label: string; value: string }[];
  list?: { title: string; items: readonly string[]; isNumbered: boolean };
  /** `url` is http or https. */
  action?: { label: string; url: string };
  /** Paragraphs after the button. */
  closing: readonly string[];
}

export const PRODUCT_NAME = 'AWS Solution Finder Pro';
export const SENDER_NAME = 'CloudNestle Marketplace';
