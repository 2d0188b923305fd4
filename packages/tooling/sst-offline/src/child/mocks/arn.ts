/** AWS's own example account. */
export const ACCOUNT = '123456789012';

export function buildArn(service: string, region: string, rest: string): string {
  return `arn:aws:${service}:${region}:${ACCOUNT}:${rest}`;
}
