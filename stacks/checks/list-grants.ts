import type { Statement } from './read/read-statements.ts';

/** `dynamodb:GetItem on table/marketplace-users` for every action and resource that statements allow. */
export function listGrants(statements: readonly Statement[]): string[] {
  return statements.flatMap(({ Effect, Action = [], Resource = [] }) =>
    Effect === 'Allow'
      ? Action.flatMap((action) => Resource.map((arn) => `${action} on ${withoutAccount(arn)}`))
      : [],
  );
}

/** Of `arn:aws:sqs:us-east-1:123456789012:queue` the queue; a secret's name without the letters AWS adds. */
function withoutAccount(arn: string): string {
  return arn
    .replace(/^(arn:[^:]*:[^:]*:[^:]*:[^:]*:)/, '')
    .replace(/^(secret:.*)-[A-Za-z0-9]{6}$/, '$1');
}
