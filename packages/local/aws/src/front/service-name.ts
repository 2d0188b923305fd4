/** The services behind the endpoint, by their names in AWS's credential scopes. */
export type ServiceName =
  | 'cognito-idp'
  | 'dynamodb'
  | 'events'
  | 'secretsmanager'
  | 'ses'
  | 'sqs'
  | 'sts';
