import type { Finding } from './check.ts';

/** The findings as scripts read them. */
export function listFindings(findings: readonly Finding[]) {
  return findings.map(({ check, subject, result, words }) => ({
    check,
    subject,
    result,
    words: words.join('; '),
  }));
}
