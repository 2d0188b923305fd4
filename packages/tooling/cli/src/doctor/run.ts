import { type Check, listFindings, ok, runCheck } from '@cloudnestle/operations/doctor/check';
import { readEnvironment } from '../environment/read-environment.ts';
import { describeOperator, identifyOperator } from '../operator/operator.ts';
import { print } from '../output/print.ts';
import { shell } from '../shell.ts';

export interface DoctorOptions {
  json?: boolean;
}

/**
 * Checks the stage, prints what was found, and sets the exit status: 1 where something is wrong. Who asks is said
 * before what the checks need is even loaded, so that the operator sees at once that it is the wrong account.
 */
export async function runDoctor({ json = false }: DoctorOptions): Promise<void> {
  const stage = await readEnvironment();
  const caller = await runCheck(checkCaller(stage.stage));
  if (!json) print(caller.result === 'ok' ? caller.words.join(' ') : `stage ${stage.stage}`);
  const [{ examineFromTerminal }, { formatFindings }] = await Promise.all([
    import('./examine-from-terminal.ts'),
    import('./report.ts'),
  ]);
  const findings = [caller, ...(await examineFromTerminal(stage))];
  print(json ? listFindings(findings) : formatFindings(findings));
  if (findings.some(({ result }) => result === 'wrong')) shell().status = 1;
}

/** Who asks, and on which account, region and stage. */
function checkCaller(stage: string): Check {
  return {
    check: 'caller',
    subject: 'identity',
    asks: 'sts:GetCallerIdentity',
    look: async () => ok(describeOperator(await identifyOperator(stage))),
  };
}
