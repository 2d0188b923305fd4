import {
  changeInputs,
  changeResource,
  type Mutants,
  removeResource,
  replaceText,
} from './damage.ts';

/** On the way from the bus to the subscribers. */
export const deliveryMutants: Mutants = {
  'brings every event of a subscription to its queue, and loses none on the way': {
    'a rule is missing': removeResource('TiersRule'),
    'a rule hears of another event': replaceText('TiersRule', 'PaymentCompleted', 'PaymentFailed'),
    'a rule hears of another system’s events': replaceText('TiersRule', 'marketplace.', 'other.'),
    'a rule is off': changeInputs('TiersRule', { state: 'DISABLED' }),
    'a rule leads nowhere': removeResource('TiersTarget'),
    'a rule leads to another’s queue': replaceText(
      'TiersTarget',
      '123456789012:marketplace-payments-tiers',
      '123456789012:marketplace-payments-webhook',
    ),
    'a rule is on another bus': changeInputs('TiersRule', { eventBusName: 'default' }),
    'what cannot be delivered is lost': changeInputs('TiersTarget', {
      deadLetterConfig: undefined,
    }),
    'what cannot be delivered goes to a subscriber’s DLQ': replaceText(
      'TiersTarget',
      'delivery-dlq',
      'tiers-dlq',
    ),
    'events are changed on the way': changeInputs('TiersTarget', { inputPath: '$.detail' }),
  },
  'gives every subscriber a queue and a dead-letter queue of its own': {
    'operators’ jobs have no queue': removeResource('OperationsQueueQueue'),
    'a dead-letter queue is missing': removeResource('TiersDlqQueue'),
    'a queue has no dead-letter queue': changeInputs('TiersQueueQueue', {
      redrivePolicy: undefined,
    }),
    'a queue leads to another’s dead-letter queue': replaceText(
      'TiersQueueQueue',
      'tiers-dlq',
      'notifications-dlq',
    ),
    'a message is given up before its handler does': replaceText(
      'TiersQueueQueue',
      'maxReceiveCount\\":10',
      'maxReceiveCount\\":3',
    ),
    'a message is shown again while it is worked on': changeInputs('TiersQueueQueue', {
      visibilityTimeoutSeconds: 89,
    }),
    'a function takes longer than its queue expects': changeInputs('TiersHandlerFunction', {
      timeout: 30,
    }),
    'messages are lost after a day': changeInputs('TiersQueueQueue', {
      messageRetentionSeconds: 86_400,
    }),
    'dead letters are lost after four days': changeInputs('DeliveryDlqQueue', {
      messageRetentionSeconds: 345_600,
    }),
    'a queue is not encrypted': changeInputs('TiersDlqQueue', { sqsManagedSseEnabled: false }),
  },
  'lets only its own rules send to a queue': {
    'a queue takes nothing': removeResource('TiersQueuePolicy'),
    'the delivery DLQ takes nothing': removeResource('DeliveryDlqPolicy'),
    'the delivery DLQ takes nothing of one rule': replaceText(
      'DeliveryDlqPolicy',
      'marketplace-payments/marketplace-payments-tiers',
      'marketplace-payments/marketplace-payments-other',
    ),
    'every rule may send': replaceText('TiersQueuePolicy', 'ArnEquals', 'Null'),
    'every account may send': replaceText('TiersQueuePolicy', 'aws:SourceAccount', 'aws:Other'),
    'topics may send as well': replaceText('TiersQueuePolicy', 'events.amazonaws', 'sns.amazonaws'),
    'more than sending is allowed': replaceText(
      'TiersQueuePolicy',
      'SendMessage',
      'ReceiveMessage',
    ),
  },
  'lets every record of a batch fail alone, in the subscriber’s own function': {
    'no worker does operators’ jobs': removeResource('OperationsSubscriber'),
    'no function works on a queue': removeResource('TiersSubscriber'),
    'another function works on it': replaceText(
      'TiersSubscriber',
      'function:marketplace-payments-tiers',
      'function:marketplace-payments-webhook',
    ),
    'one record brings its batch back': changeInputs('TiersSubscriber', {
      functionResponseTypes: [],
    }),
    'any number of functions run at once': changeInputs('TiersSubscriber', {
      scalingConfig: undefined,
    }),
    'batches are of another size': changeInputs('TiersSubscriber', { batchSize: 100 }),
    'some messages are left out': changeInputs('TiersSubscriber', { filterCriteria: {} }),
    'two work on one queue': (graph) => ({
      ...graph,
      resources: [
        ...graph.resources,
        ...graph.resources.filter(({ name }) => name === 'TiersSubscriber'),
      ],
    }),
  },
  'keeps every event for replays': {
    'there is no archive': removeResource('EventsArchive'),
    'the archive forgets after a week': changeInputs('EventsArchive', { retentionDays: 7 }),
    'the archive keeps some events only': replaceText('EventsArchive', 'marketplace.', 'other.'),
    'the bus is called otherwise': changeInputs('EventsBus', { name: 'default' }),
  },
  'names no two things alike': {
    'two queues have one name': changeInputs('TiersQueueQueue', {
      name: 'marketplace-payments-notifications',
    }),
    'two roles have one name': changeResource('SweepScheduleRole', (role) => ({
      ...role,
      inputs: { ...role.inputs, name: 'marketplace-payments-sweep' },
    })),
  },
};
