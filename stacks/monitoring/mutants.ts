import {
  addResource,
  changeInputs,
  type Mutants,
  removeResource,
  replaceText,
} from '../test/support/damage.ts';

const DASHBOARD = 'aws:cloudwatch/dashboard:Dashboard';

/** In what operators are told and shown. */
export const monitoringMutants: Mutants = {
  'tells the alert address of everything the topology has an alarm for': {
    'an alarm is missing': removeResource('AttentionChargedTwiceAlarm'),
    'an alarm tells nobody that it begins': changeInputs('AttentionChargedTwiceAlarm', {
      alarmActions: [],
    }),
    'an alarm tells nobody that it ends': changeInputs('AttentionChargedTwiceAlarm', {
      okActions: [],
    }),
    'an alarm tells somebody else': replaceText('AttentionChargedTwiceAlarm', '-alerts', '-other'),
    'an alarm is silenced': changeInputs('AttentionChargedTwiceAlarm', { actionsEnabled: false }),
    'nobody gets the topic’s mails': removeResource('AlertsMail'),
    'an alarm names no runbook': changeInputs('AttentionChargedTwiceAlarm', {
      alarmDescription: 'Trouble',
    }),
    'an alarm waits for more': changeInputs('PaymentFailuresAlarm', { threshold: 50 }),
    'an alarm waits for longer': changeInputs('SweepFailingAlarm', { evaluationPeriods: 12 }),
    'an alarm looks at longer periods': replaceText(
      'PaymentFailuresAlarm',
      '"period":300',
      '"period":3600',
    ),
    'an alarm reckons otherwise': replaceText('PaymentFailuresAlarm', '>= 20', '>= 2000'),
    'an alarm is raised by good news': replaceText('SweepNotRunningAlarm', 'Less', 'Greater'),
    'nobody is told when nothing comes': replaceText(
      'SweepNotRunningAlarm',
      'breaching',
      'notBreaching',
    ),
    'an alarm watches a metric that is not emitted': replaceText(
      'AttentionChargedTwiceAlarm',
      'AttentionChargedTwice',
      'ChargedTwice',
    ),
    'an alarm watches another service': replaceText(
      'AttentionChargedTwiceAlarm',
      '"service":"reconciliation"',
      '"service":"books"',
    ),
    'an alarm watches another stage': replaceText(
      'AttentionChargedTwiceAlarm',
      'MarketplacePayments',
      'asha-MarketplacePayments',
    ),
    'an alarm watches a queue that is not there': replaceText(
      'DeadLettersTiersAlarm',
      'tiers-dlq',
      'tier-dlq',
    ),
    'an alarm watches somebody else’s queue': replaceText(
      'DeadLettersTiersAlarm',
      'tiers-dlq',
      'entitlements-dlq',
    ),
    'an alarm watches a function that is not there': replaceText(
      'FunctionErrorsWebhookAlarm',
      '"FunctionName":"marketplace-payments-webhook"',
      '"FunctionName":"webhook"',
    ),
    'SES counts no mails': removeResource('MailCounts'),
    'the next dead letter is told to nobody': removeResource('DeadLettersTiersMoreAlarm'),
    'the next dead letter is reckoned away': replaceText(
      'DeadLettersTiersMoreAlarm',
      'DIFF(FILL(standing, 0))',
      'DIFF(FILL(standing, 1))',
    ),
    'an alarm says that all is well while letters still lie there': changeInputs(
      'DeadLettersTiersMoreAlarm',
      { okActions: ['arn:aws:sns:us-east-1:123456789012:marketplace-payments-alerts'] },
    ),
  },
  'shows buyers, money and machines on one page': {
    'there is none': removeResource('Dashboard'),
    'there are two': addResource({
      type: DASHBOARD,
      name: 'Second',
      inputs: { dashboardName: 'second', dashboardBody: '{"widgets":[]}' },
    }),
    'a queue is not there': replaceText('Dashboard', 'payments-tiers-dlq', 'payments-tier-dlq'),
    'a metric is not emitted': replaceText('Dashboard', 'TierUpdated', 'TierUpgraded'),
    'a formula uses what is not there': replaceText('Dashboard', 's1_ended - ', 's9_ended - '),
    'widgets lie over each other': replaceText('Dashboard', '\\"y\\":6', '\\"y\\":5'),
    'an alarm is not shown': replaceText(
      'Dashboard',
      'alarm:marketplace-payments-attention-charged',
      'alarm:x',
    ),
  },
};
