/** What a finding asks for; nothing where it only tells. */
export type Need =
  /** The gateway's outcome is to be brought in: published, or what needs no person any more ended. */
  | 'settle'
  /** What is recorded is to be published once more, for what nobody else would bring about. */
  | 'publish'
  /** Dead letters are to go back into their queue. */
  | 'replay'
  /** A person has to say that a mail may be sent again. */
  | 'resend'
  /** A person has to decide something that no command does. */
  | 'person'
  /** Somebody else has to act first: the buyer, the gateway. */
  | 'others'
  /** Effects are on their way. */
  | 'moment'
  /** The gateway's answer: without it nobody knows how the order stands. */
  | 'answer'
  /** Something could not be seen. */
  | 'sight';

/** One thing that is true of an order, in words for the person who looks. */
export interface Finding {
  text: string;
  need?: Need;
  /** What is to be run once a person has done their part: a flag of this command, or another command. */
  thenRun?: '--repair' | { command: string };
}
