import { readEnvironment } from '../environment/read-environment.ts';
import { print } from '../output/print.ts';
import { shell } from '../shell.ts';
import { checkCaller } from './check-caller.ts';
import { createClients } from './clients.ts';
import { formatFindings } from './format-findings.ts';
import { listChecks } from './list-checks.ts';
import { runChecks } from './run-checks.ts';
import { listFindings } from './to-json.ts';

export interface DoctorOptions {
  json?: boolean;
}

/** Checks the stage, prints what was found, and sets the exit status: 1 where something is wrong. */
export async function runDoctor({ json = false }: DoctorOptions): Promise<void> {
  const stage = await readEnvironment();
  const { clients, destroy } = createClients();
  try {
    const checks = [checkCaller(stage.stage), ...listChecks(stage, clients)];
    const findings = await runChecks(checks);
    print(json ? listFindings(findings) : formatFindings(findings, stage.stage));
    if (findings.some(({ result }) => result === 'wrong')) shell().status = 1;
  } finally {
    destroy();
  }
}
