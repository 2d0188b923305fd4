import { PROGRAM } from '@cloudnestle/operations/words/program-name';
import type { Command } from 'commander';
import type { DoctorOptions } from './run.ts';

/** `payments doctor`: whether a stage stands as it should. */
export function defineDoctorCommand(doctor: Command): void {
  doctor
    .option('--json', 'print the findings as JSON: an array of {check, subject, result, words}')
    .showHelpAfterError(`(${PROGRAM} doctor --help shows what there is)`)
    .addHelpText(
      'after',
      `
The stage is the one that the SDK's environment leads to (AWS_PROFILE, AWS_REGION, AWS_ENDPOINT_URL).
Nothing is changed, no queue is received from, and no secret's value is printed. The gateway is asked about an order that
does not exist and about the newest of ours, and the webhook's endpoint gets one call without credentials, which it counts
as refused.

Checked are: who the caller is; queues (redrive policy, visibility, retention, how many dead letters); whether EventBridge
may send to them; tables and their indexes; point-in-time recovery; the shape of the secrets; the sender's SES identity
and the SES account; the bus, its rules, their patterns and targets; the payment gateway, and whether it names our
merchant id for the newest orders; the webhook's endpoint.

Every check ends as one of
  ok           as it should be. Dead letters are counted here and are not wrong: see ${PROGRAM} dlq triage
  wrong        with what is, what should be, and what to do where that is not plain
  not checked  the endpoint does not know the question, or the caller may not ask it
Only on the stage production are these wrong: no point-in-time recovery, an SES account in the sandbox.

Exit status 0: nothing is wrong; 1: something is, or the command failed. What was not checked does not count.

  ${PROGRAM} doctor
  ${PROGRAM} doctor --json | jq '.[] | select(.result != "ok")'
  AWS_PROFILE=production ${PROGRAM} doctor`,
    )
    .action(async (options: DoctorOptions) => {
      const { runDoctor } = await import('./run.ts');
      await runDoctor(options);
    });
}
