/** The services behind the endpoint, by their names in AWS's credential scopes. */
export type ServiceName = 'dynamodb' | 'sqs' | 'events' | 'ses' | 'secretsmanager' | 'sts';
