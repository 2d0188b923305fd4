import type { Intercept } from '@cloudnestle/local-aws/start';

type Call = Parameters<Intercept>[0];

/** `dynamodb GetItem marketplace-users`: what a call is, for telling calls apart. Of several tables all are named. */
export function nameOf({ service, operation, body }: Call): string {
  return [service, operation, targetOf(body)].filter(Boolean).join(' ');
}

const targetKeys = ['TableName', 'QueueUrl', 'SecretId'];

function targetOf(body: unknown): string {
  if (typeof body !== 'object' || body === null) return '';
  for (const [key, value] of Object.entries(body)) {
    if (key === 'RequestItems')
      return Object.keys(value ?? {})
        .toSorted()
        .join(' ');
    if (targetKeys.includes(key) && typeof value === 'string')
      return value
        .split('/')
        .slice(-2)
        .join('/')
        .replace(/^\d{12}\//, '');
  }
  return '';
}
