import { secretTexts } from '../gateway/credentials.ts';
import type { Simulation } from '../parts/simulation.ts';
import type { Invariant } from '../parts/watch.ts';

/** Addresses, tokens of ours and of the gateway, bank references of twelve digits, and the secrets themselves. */
const personal = /@|tok_perm_|eyJ[\w-]{8}|\b4\d{11}\b|YBL[0-9a-f]{8}/;

/** Nothing personal or secret is in any log line. */
export function logsSayNothingPersonal({ watch }: Simulation): Invariant {
  const invariant: Invariant = {
    name: 'logsSayNothingPersonal',
    rule: 'nothing personal or secret is in any log line (rule 10)',
    logged: ({ container, message, fields }) => {
      const line = `${message} ${JSON.stringify(fields)}`;
      const isBad = personal.test(line) || secretTexts.some((text) => line.includes(text));
      if (isBad) watch.report(invariant, container.functionName, `logged: ${line}`);
    },
  };
  return invariant;
}
