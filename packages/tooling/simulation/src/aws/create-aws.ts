import { topology as ours, type Topology } from '@cloudnestle/topology/topology';
import type { AwsService, World } from './aws.ts';
import { createDynamo, type DynamoModel, type DynamoOptions } from './dynamo.ts';
import { createEventBridge, type EventBridgeOptions } from './event-bridge.ts';
import { createSecrets, type SecretsModel } from './secrets.ts';
import { createSes, type Mail } from './ses.ts';
import { createSqs, type QueueDefinition, type SqsModel, type SqsOptions } from './sqs.ts';

const DAY_SECONDS = 86_400;

export interface AwsOptions extends World {
  /** By default the system's own. */
  topology?: Topology;
  /** An eventually consistent read and every index may be behind by so much. */
  lagMs: number;
  /** Told of every write to a table at once. */
  onChange?: DynamoOptions['onChange'];
  /** Takes every event on its way from a rule to a queue; the caller delivers it. */
  onDelivery: EventBridgeOptions['onDelivery'];
  /** Lets entries of PutEvents fail. */
  refuse?: EventBridgeOptions['refuse'];
  /** Takes every mail that SES has taken. */
  onMail(mail: Mail): void;
  /** Told of a message that got older than its queue keeps them. */
  onLost?: SqsOptions['onLost'];
}

/** All of AWS that the system uses, as one account with the topology provisioned and no secret, item or message in it. */
export interface SimulatedAws {
  dynamo: DynamoModel;
  sqs: SqsModel;
  events: AwsService;
  ses: AwsService;
  secrets: SecretsModel;
}

/**
 * Builds the account. Nothing in it waits, has a timer or draws chance: time and every choice are the caller's, so the
 * same calls with the same answers of `now` and `choose` always come out the same.
 */
export function createAws(options: AwsOptions): SimulatedAws {
  const { topology = ours, lagMs, now, choose, onChange, onLost } = options;
  const sqs = createSqs({
    queues: listQueues(topology),
    now,
    choose,
    ...(onLost ? { onLost } : {}),
  });
  return {
    dynamo: createDynamo({
      tables: Object.values(topology.tables),
      lagMs,
      now,
      choose,
      ...(onChange ? { onChange } : {}),
    }),
    sqs,
    events: createEventBridge({
      now,
      busName: topology.bus.name,
      rules: listRules(topology),
      deliveryDeadLetterQueue: topology.deliveryDeadLetterQueue,
      sqs,
      onDelivery: options.onDelivery,
      refuse: options.refuse,
    }),
    ses: createSes({ now, onMail: options.onMail }),
    secrets: createSecrets({ now }),
  };
}

/** As they are provisioned; a dead-letter queue stands before those it serves. */
function listQueues(topology: Topology): QueueDefinition[] {
  const deadLetters = (name: string): QueueDefinition => ({
    name,
    // SQS's own default: only operators receive from them.
    visibilityTimeoutSeconds: 30,
    retentionSeconds: topology.deadLetterRetentionDays * DAY_SECONDS,
  });
  return [
    deadLetters(topology.deliveryDeadLetterQueue),
    ...[...topology.subscriptions, topology.jobQueue].flatMap((work) => [
      deadLetters(work.deadLetterQueue),
      {
        name: work.queue,
        visibilityTimeoutSeconds: work.visibilityTimeoutSeconds,
        retentionSeconds: topology.queueRetentionDays * DAY_SECONDS,
        redrive: {
          deadLetterQueue: work.deadLetterQueue,
          maxReceiveCount: topology.maxReceiveCount,
        },
      },
    ]),
  ];
}

/** One rule per subscriber, named as its queue. */
function listRules({ subscriptions, bus }: Topology) {
  return subscriptions.map(({ queue, detailTypes }) => ({
    name: queue,
    pattern: JSON.stringify({ source: [bus.source], 'detail-type': detailTypes }),
    queue,
  }));
}
