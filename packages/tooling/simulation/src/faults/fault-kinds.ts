/** The ways in which one call of a function to AWS or to the gateway goes wrong. */
export const callFaults = [
  /** No connection: nothing arrived. */
  'refused',
  /** No connection within the time for it. */
  'connectTimeout',
  /** Too many calls; nothing happened. */
  'throttled',
  /** 5xx, nothing happened. */
  'serverError',
  /** 5xx although it happened. */
  'serverErrorAfterEffect',
  /** 4xx for want of a permission: a repeat does not help. */
  'denied',
  /** The caller waits in vain; nothing happened. */
  'timeout',
  /** The caller waits in vain; it happened. */
  'timeoutAfterEffect',
  /** The caller has given up, and only then it happens. */
  'lateEffect',
  /** It happened, and the connection breaks before the answer is there. */
  'lostAnswer',
  /** Slow, but in time. */
  'slow',
  /** PutEvents answers 200 with a failed entry. */
  'failedEntry',
  /** The gateway's answer is no JSON. */
  'malformedAnswer',
  /** The gateway takes the token for void. */
  'unauthorized',
] as const;
export type CallFault = (typeof callFaults)[number];

/** What happens to the container that runs a function, between any two of its waits. */
export const containerFaults = [
  /** The rest of the invocation never runs. What was asked of others may still happen. */
  'killed',
  /** Nothing runs for seconds to minutes, then it goes on. */
  'stalled',
  /** Its clock is seconds off. */
  'clockOff',
] as const;
export type ContainerFault = (typeof containerFaults)[number];

/** What happens on the way to a function and from it. */
export const deliveryFaults = [
  /** No room for another invocation: a received message has burnt one of its receives. */
  'invocationThrottled',
  /** The poller cannot receive. */
  'pollFailed',
  /** A message that was done with is delivered once more. */
  'deleteLost',
  /** The same message goes to two invocations. */
  'deliveredTwice',
  /** The bus delivers an event minutes late. */
  'eventDelayed',
  /** The bus delivers an event twice. */
  'eventTwice',
  /** The bus cannot deliver an event to a queue. */
  'eventUndeliverable',
  /** A run of the schedule is left out. */
  'scheduleMissed',
  /** Two runs of the schedule at once. */
  'scheduleTwice',
  /** The caller of an HTTP route gets no answer, although the function ran. */
  'httpAnswerLost',
  /** The request never reaches the function. */
  'httpRequestLost',
] as const;
export type DeliveryFault = (typeof deliveryFaults)[number];

/** What the gateway does of its own accord. */
export const gatewayFaults = [
  'webhookLost',
  'webhookTwice',
  'webhookLate',
  'webhookForged',
  'lateMoney',
  'paidTwice',
  'amountChanged',
  'tokensVoided',
] as const;
export type GatewayFault = (typeof gatewayFaults)[number];

/** What the gateway makes of a refund that a function asks for. */
export const refundFaults = [
  /** 4xx: the day's balance does not cover it. */
  'refundRefused',
  /** It is taken, and fails later. */
  'refundFails',
  /** A card's refund is CONFIRMED for a day. */
  'refundSlow',
] as const;
export type RefundFault = (typeof refundFaults)[number];

export type FaultKind = CallFault | ContainerFault | DeliveryFault | GatewayFault | RefundFault;

export const faultKinds: readonly FaultKind[] = [
  ...callFaults,
  ...containerFaults,
  ...deliveryFaults,
  ...gatewayFaults,
  ...refundFaults,
];

/** Who fails: each has its own weather. */
export const dependencies = [
  'dynamo',
  'sqs',
  'events',
  'ses',
  'secrets',
  'gateway',
  'lambda',
  'people',
] as const;
export type Dependency = (typeof dependencies)[number];
