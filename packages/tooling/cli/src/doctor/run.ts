import { readEnvironment } from '../environment/read-environment.ts';
import { print } from '../output/print.ts';
import { shell } from '../shell.ts';
import { checkCaller } from './check-caller.ts';
import { runCheck } from './run-checks.ts';

export interface DoctorOptions {
  json?: boolean;
}

/**
 * Checks the stage, prints what was found, and sets the exit status: 1 where something is wrong. Who asks is said before what
 * the checks need is even loaded, so that a person sees at once that it is the wrong account.
 */
export async function runDoctor({ json = false }: DoctorOptions): Promise<void> {
  const stage = await readEnvironment();
  const caller = await runCheck(checkCaller(stage.stage));
  if (!json) print(caller.result === 'ok' ? caller.words.join(' ') : `stage ${stage.stage}`);
  const [{ examineStage }, { formatFindings }, { listFindings }] = await Promise.all([
    import('./examine-stage.ts'),
    import('./format-findings.ts'),
    import('./to-json.ts'),
  ]);
  const findings = [caller, ...(await examineStage(stage))];
  print(json ? listFindings(findings) : formatFindings(findings));
  if (findings.some(({ result }) => result === 'wrong')) shell().status = 1;
}
