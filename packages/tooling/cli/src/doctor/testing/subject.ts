import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { LocalRun } from '@cloudnestle/dev/start';
import { createLook } from '@cloudnestle/dev/testing/look';
import { startTestRun } from '@cloudnestle/dev/testing/start-test-run';
import { onTestFinished } from 'vitest';
import * as z from 'zod';
import { runPayments } from '../../testing/run-payments.ts';

const findingsSchema = z.array(
  z.strictObject({
    check: z.string(),
    subject: z.string(),
    result: z.enum(['ok', 'wrong', 'not checked']),
    words: z.string(),
  }),
);

/** A stage to damage, and the doctor to look at it. */
export async function startSubject() {
  const run: LocalRun = await startTestRun({
    demoData: false,
  });
  const secrets = new SecretsManagerClient({});
  const look = createLook(run);
  const write = (SecretId: string, SecretString: string) =>
    secrets.send(new PutSecretValueCommand({ SecretId, SecretString }));
  return {
    run,
    async examine() {
      const { exitCode, stdout, stderr } = await runPayments(run, ['doctor', '--json']);
      const findings = findingsSchema.parse(JSON.parse(stdout));
      const listed = (result: string) =>
        findings
          .filter((finding) => finding.result === result)
          .map(({ check, subject, words }) => `${check} | ${subject} | ${words}`);
      return {
        exitCode,
        output: stdout + stderr,
        findings,
        ok: listed('ok'),
        wrong: listed('wrong'),
        notChecked: listed('not checked'),
      };
    },
    /** Until the test is over, the secret holds this text, or what `change` makes of its content. */
    async keep(name: string, change: string | ((value: unknown) => unknown)): Promise<void> {
      const kept = await look.secret(name);
      onTestFinished(async () => {
        await write(name, JSON.stringify(kept));
      });
      await write(name, typeof change === 'string' ? change : JSON.stringify(change(kept)));
    },
    async stop(): Promise<void> {
      secrets.destroy();
      look.destroy();
      await run.stop();
    },
  };
}
export type Subject = Awaited<ReturnType<typeof startSubject>>;
