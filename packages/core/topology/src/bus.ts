import { EVENT_SOURCE } from '@cloudnestle/contracts/event';

export const bus = { name: 'marketplace-payments', source: EVENT_SOURCE } as const;

/** Takes what a rule could not deliver to a subscriber's queue; its attributes name rule and target (AWS). */
export const deliveryDeadLetterQueue = 'marketplace-payments-delivery-dlq';

/** Days a message waits (design, rule 5). */
export const queueRetentionDays = 4;
export const deadLetterRetentionDays = 14;

/** Days for which every event can be replayed from the bus's archive. */
export const archiveRetentionDays = 30;

/** The net under crashes and timeouts: SQS itself moves a message after so many receives. */
export const maxReceiveCount = 10;
