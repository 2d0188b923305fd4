import { parseJson } from '@cloudnestle/contracts/json';
import type { SampleEvent } from '@cloudnestle/phonepe-sandbox/webhooks/samples/sample-events';
import { readEnvironment } from '../../environment/read-environment.ts';
import { logAction } from '../../operator/action-log.ts';
import { confirmChange } from '../../operator/confirm-change.ts';
import { identifyOperator } from '../../operator/operator.ts';
import { print } from '../../output/print.ts';
import { shell } from '../../shell.ts';
import { type Answer, call } from '../call-stage.ts';
import { refuseProduction } from '../refuse-production.ts';
import { formatAnswers, formatCurl } from './format.ts';
import { checkOptions, namesOrder, type WebhookOptions } from './options.ts';
import { type PreparedWebhook, prepareWebhook } from './prepare-webhook.ts';

/** Builds and signs a webhook, sends or prints it, and sets the exit status. */
export async function runWebhook(event: SampleEvent, options: WebhookOptions): Promise<void> {
  checkOptions(event, options);
  const stage = await readEnvironment();
  refuseProduction(stage.stage);
  const prepared = await prepareWebhook(event, options, stage);
  if (options.print) return print(formatCurl(prepared.url, prepared.webhook));
  await sendWebhook(prepared, stage.stage, options);
}

/** Sends a webhook as often as wanted, all at once, prints the answers and sets the exit status. */
async function sendWebhook(
  { event, subject, url, webhook }: PreparedWebhook,
  stage: string,
  options: WebhookOptions,
): Promise<void> {
  const { variant, sign, times, expect } = options;
  const merchantOrderId = namesOrder(event) ? subject.merchantOrderId : undefined;
  const { merchantRefundId } = subject;
  const operator = await identifyOperator(stage);
  const ids = [merchantOrderId, merchantRefundId].filter(Boolean).join(', ');
  const about = ids === '' ? '' : ` about ${ids}`;
  const often = times === 1 ? '' : `, ${times} times at once`;
  const what = `Send ${event}${about} to ${url} (${variant}, signed ${sign})${often}.`;
  await confirmChange(operator, { what, asks: false }, {});

  const answers = await Promise.all(
    Array.from({ length: times }, () => call(url, { method: 'POST', ...webhook })),
  );
  const asExpected = answers.filter((answer) => isExpected(answer, expect)).length;
  const target = { event, merchantOrderId, merchantRefundId, variant, sign };
  await logAction(operator, {
    action: 'simulate webhook',
    target,
    counts: { sent: times, asExpected },
  });
  print(options.json ? { ...target, url, answers: answers.map(toJson) } : formatAnswers(answers));
  if (asExpected < times) shell().status = 1;
}

function isExpected(answer: Answer, status: number | undefined): boolean {
  if (answer.kind === 'unanswered') return false;
  return status === undefined
    ? answer.status >= 200 && answer.status < 300
    : answer.status === status;
}

/** An answer with its body parsed, where it can be. */
function toJson(answer: Answer) {
  if (answer.kind === 'unanswered') return { reason: answer.reason, tookMs: answer.tookMs };
  const { status, body, tookMs } = answer;
  return { status, body: parseJson(body) ?? body, tookMs };
}
