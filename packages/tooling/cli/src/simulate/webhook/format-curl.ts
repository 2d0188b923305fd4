import type { SignedWebhook } from '@cloudnestle/phonepe-sandbox/webhooks/signed-webhook';

/** The request as a command for a POSIX shell. */
export function formatCurl(url: string, { headers, body }: SignedWebhook): string {
  return [
    `curl --silent --show-error --include --request POST ${quote(url)}`,
    ...Object.entries(headers).map(([name, value]) => `--header ${quote(`${name}: ${value}`)}`),
    `--data-binary ${quote(new TextDecoder().decode(body))}`,
  ].join(' \\\n  ');
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
