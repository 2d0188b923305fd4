import { addResource, changeInputs, type Mutants, replaceText } from './damage.ts';

/** In who may do what. */
export const accessMutants: Mutants = {
  'lets a function do what it calls and nothing else': {
    'a function may write where it reads': replaceText(
      'WebhookHandlerRole',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
    ),
    'a function may delete': replaceText(
      'TiersHandlerRole',
      'dynamodb:UpdateItem',
      'dynamodb:DeleteItem',
    ),
    'the console’s API may take dead letters away': replaceText(
      'OperateHandlerRole',
      'sqs:ReceiveMessage',
      'sqs:DeleteMessage',
    ),
    'the console’s API may change tables': replaceText(
      'OperateHandlerRole',
      'dynamodb:DescribeTable',
      'dynamodb:UpdateTable',
    ),
    'the worker may not bring discarded letters back': replaceText(
      'OperationsHandlerRole',
      'sqs:SendMessage',
      'sqs:ListQueues',
    ),
    'a function may use another’s table': replaceText(
      'WebhookHandlerRole',
      'table/marketplace-payment-transactions',
      'table/marketplace-users',
    ),
    'a function may read another secret': replaceText(
      'WebhookHandlerRole',
      'secret:marketplace/phonepe/credentials',
      'secret:marketplace/token-secret',
    ),
    'a function may query another index': replaceText('SweepHandlerRole', 'OpenOrders', 'Day'),
    'a function may not publish': replaceText('WebhookHandlerRole', 'PutEvents', 'DescribeRule'),
    'a subscriber may not send to its own dead-letter queue': replaceText(
      'TiersHandlerRole',
      'marketplace-payments-tiers-dlq',
      'marketplace-payments-notifications-dlq',
    ),
    'mails may be sent as another domain': replaceText(
      'NotificationsHandlerRole',
      'identity/marketplace.cloudnestle.com',
      'identity/example.com',
    ),
  },
  'has no wildcard that AWS could do without': {
    'a function may do anything with a table': replaceText(
      'WebhookHandlerRole',
      'dynamodb:GetItem',
      'dynamodb:*',
    ),
    'a function may use every table': replaceText(
      'WebhookHandlerRole',
      'table/marketplace-payment-transactions',
      'table/*',
    ),
    'a function may read every secret': replaceText(
      'WebhookHandlerRole',
      'arn:aws:secretsmanager:us-east-1:123456789012:secret:marketplace/phonepe/credentials-AbCdEf',
      '*',
    ),
    'a function may log into any group': replaceText(
      'WebhookHandlerRole',
      'log-group:/aws/lambda/marketplace-payments-webhook:',
      'log-group:*:',
    ),
    'a policy of AWS’s own is attached': changeInputs('WebhookHandlerRole', {
      managedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'],
    }),
    'a policy says what is not allowed': replaceText(
      'WebhookHandlerRole',
      'Resource',
      'NotResource',
    ),
    'operators may use every table': replaceText(
      'OperatorsLook',
      'table/marketplace-users',
      'table/*',
    ),
    'a queue is open to every caller': replaceText('TiersQueuePolicy', 'events.amazonaws.com', '*'),
    'rights are attached past the roles': addResource({
      type: 'aws:iam/rolePolicyAttachment:RolePolicyAttachment',
      name: 'Attachment',
      inputs: {},
    }),
  },
  'lets only Lambda and the scheduler assume a role': {
    'the whole account assumes a function’s role': changeInputs('WebhookHandlerRole', {
      assumeRolePolicy: {
        Statement: [
          {
            Effect: 'Allow',
            Action: 'sts:AssumeRole',
            Principal: {
              Service: 'lambda.amazonaws.com',
              AWS: 'arn:aws:iam::123456789012:root',
            },
          },
        ],
      },
    }),
    'schedules of other accounts assume a role': replaceText(
      'SweepScheduleRole',
      'aws:SourceAccount',
      'aws:Other',
    ),
    'another service assumes a role': replaceText(
      'WebhookHandlerRole',
      'lambda.amazonaws',
      'ec2.amazonaws',
    ),
  },
  'lets operators look, and others repair, with no right too many': {
    'who looks reads the credentials': replaceText(
      'OperatorsLook',
      'secret:marketplace/payments/environment',
      'secret:marketplace/phonepe/credentials',
    ),
    'who looks may delete dead letters': replaceText(
      'OperatorsLook',
      'sqs:ChangeMessageVisibility',
      'sqs:DeleteMessage',
    ),
    'who looks writes into the action log': replaceText('OperatorsLook', 'walk#*', '*'),
    'who repairs makes tokens': replaceText(
      'OperatorsRepair',
      'secret:marketplace/phonepe/credentials',
      'secret:marketplace/token-secret',
    ),
    'who repairs may not replay': replaceText(
      'OperatorsRepair',
      'sqs:SendMessage',
      'sqs:ListQueues',
    ),
    'who repairs gets no token in a terminal': replaceText(
      'OperatorsRepair',
      'cognito-idp:AdminRespondToAuthChallenge',
      'cognito-idp:AdminGetUser',
    ),
    'who repairs sets admins’ passwords': replaceText(
      'OperatorsRepair',
      'cognito-idp:AdminInitiateAuth',
      'cognito-idp:AdminSetUserPassword',
    ),
    'who repairs writes tiers by hand': replaceText(
      'OperatorsRepair',
      'table/marketplace-payment-notifications',
      'table/marketplace-users',
    ),
    'who repairs may not pay back': replaceText(
      'OperatorsRepair',
      'dynamodb:PutItem',
      'dynamodb:GetItem',
    ),
    'a policy is too long for AWS': changeInputs('OperatorsRepair', {
      policy: JSON.stringify({ Statement: [], Filler: 'x'.repeat(6144) }),
    }),
  },
};
