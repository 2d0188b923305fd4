import { changeInputs, type Mutants, removeResource, replaceText } from './damage.ts';

/** In how functions run and what they write. */
export const functionMutants: Mutants = {
  'runs every function as the topology says': {
    'a function is missing': removeResource('TiersHandlerFunction'),
    'a function has less memory': changeInputs('WebhookHandlerFunction', { memorySize: 128 }),
    'a function has another time limit': changeInputs('WebhookHandlerFunction', { timeout: 3 }),
    'a function runs on an older Node': replaceText(
      'WebhookHandlerFunction',
      'nodejs24',
      'nodejs22',
    ),
    'a function runs on dearer machines': replaceText('WebhookHandlerFunction', 'arm64', 'x86_64'),
    'logs are not JSON': replaceText('WebhookHandlerFunction', 'JSON', 'Text'),
    'two functions share a role': replaceText(
      'WebhookHandlerFunction',
      'role/marketplace-payments-webhook',
      'role/marketplace-payments-upgrade',
    ),
  },
  'lets no flood of searches starve a payment': {
    'webhooks share what searches leave': changeInputs('WebhookHandlerFunction', {
      reservedConcurrentExecutions: undefined,
    }),
    'upgrades do': changeInputs('UpgradeHandlerFunction', {
      reservedConcurrentExecutions: undefined,
    }),
    'browsers that return do': changeInputs('CallbackHandlerFunction', {
      reservedConcurrentExecutions: undefined,
    }),
    'the sweep may not run at all': changeInputs('SweepHandlerFunction', {
      reservedConcurrentExecutions: 0,
    }),
    'the refund sweep may not run at all': changeInputs('RefundSweepHandlerFunction', {
      reservedConcurrentExecutions: 0,
    }),
    'searches have no ceiling': changeInputs('ValidateTokenHandlerFunction', {
      reservedConcurrentExecutions: undefined,
    }),
    'a queue starts more than its function may run': changeInputs('TiersHandlerFunction', {
      reservedConcurrentExecutions: 5,
    }),
    'more is set aside than AWS gives away': changeInputs('WebhookHandlerFunction', {
      reservedConcurrentExecutions: 900,
    }),
    'the status call takes from what is left': changeInputs('PaymentStatusHandlerFunction', {
      reservedConcurrentExecutions: 100,
    }),
  },
  'tells a function what it needs and nothing else': {
    'a name is missing': replaceText('WebhookHandlerFunction', 'EVENT_BUS_NAME', 'OTHER_NAME'),
    'a name is another one': replaceText(
      'TiersHandlerFunction',
      'marketplace-users',
      'other-users',
    ),
    'production asks the gateway’s sandbox': replaceText(
      'WebhookHandlerFunction',
      'api.phonepe.com',
      'api-preprod.phonepe.com',
    ),
    'a key is put beside the names': replaceText('TiersHandlerFunction', 'SOLUTION_ID', 'SST_KEY'),
  },
  'runs the sweep every minute, one run at a time': {
    'it does not run': removeResource('SweepScheduleSchedule'),
    'the refund sweep does not run': removeResource('RefundSweepScheduleSchedule'),
    'a failed refund sweep is repeated': changeInputs('RefundSweepHandlerEventInvokeConfig', {
      maximumRetryAttempts: 2,
    }),
    'it is off': changeInputs('SweepScheduleSchedule', { state: 'DISABLED' }),
    'it runs once an hour': changeInputs('SweepScheduleSchedule', {
      scheduleExpression: 'rate(1 hour)',
    }),
    'a run may meet the next one': changeInputs('SweepHandlerFunction', { timeout: 90 }),
    'a failed run is repeated': changeInputs('SweepHandlerEventInvokeConfig', {
      maximumRetryAttempts: 2,
    }),
    'Lambda’s own repeats are left on': removeResource('SweepHandlerEventInvokeConfig'),
    'another function runs': replaceText(
      'SweepScheduleSchedule',
      'function:marketplace-payments-sweep',
      'function:marketplace-payments-tiers',
    ),
    'the schedule may not run it': replaceText(
      'SweepScheduleRole',
      'lambda:InvokeFunction',
      'lambda:GetFunction',
    ),
  },
  'keeps logs for a set time': {
    'logs are kept for ever': changeInputs('WebhookHandlerLogGroup', {
      retentionInDays: undefined,
    }),
    'logs are kept too long': changeInputs('ApiAccessLog', { retentionInDays: 731 }),
    'a function writes into a log group that the stage does not have':
      removeResource('WebhookHandlerLogGroup'),
    'the access log tells who called': replaceText(
      'ApiStage',
      '$context.requestTime',
      '$context.identity.sourceIp',
    ),
    'the access log tells which order': replaceText(
      'ApiStage',
      '$context.routeKey',
      '$context.path',
    ),
  },
};
