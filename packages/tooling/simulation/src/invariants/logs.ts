import { secretTexts } from '../gateway/credentials.ts';
import type { Simulation } from '../parts/simulation.ts';
import type { Invariant } from '../parts/watch.ts';

/** Addresses, tokens of ours and of the gateway, bank references of twelve digits, and the secrets themselves. */
const personal = /@|tok_perm_|eyJ[\w-]{8}|\b4\d{11}\b|YBL[0-9a-f]{8}/;

const isPersonal = (text: string) =>
  personal.test(text) || secretTexts.some((secret) => text.includes(secret));

/** Nothing personal or secret is in any log line. */
export function logsSayNothingPersonal({ watch }: Simulation): Invariant {
  const invariant: Invariant = {
    name: 'logsSayNothingPersonal',
    rule: 'nothing personal or secret is in any log line (rule 10)',
    logged: ({ container, message, fields }) => {
      for (const text of [message, ...Object.values(fields)]) {
        if (typeof text !== 'string' || !isPersonal(text)) continue;
        watch.report(invariant, container.functionName, `logged: ${message} ${text}`);
      }
    },
  };
  return invariant;
}
