import type { Finding, Result } from '@cloudnestle/operations/doctor/check';
import { type Cell, formatTable } from '../output/format-table.ts';

const results: readonly Result[] = ['ok', 'wrong', 'not checked'];

/** The findings by concern, but for who asks, and how many there are of each kind. */
export function formatFindings(findings: readonly Finding[]): string {
  const table = formatTable(
    ['check', 'subject', 'result', 'words'],
    findings.filter((finding) => !isCaller(finding)).map(toRow),
  );
  return [table, count(findings)].join('\n');
}

function isCaller({ check, result }: Finding): boolean {
  return check === 'caller' && result === 'ok';
}

/** A concern is named once, on the first of its rows. */
function toRow(finding: Finding, at: number, all: readonly Finding[]): Cell[] {
  const { check, subject, result, words } = finding;
  const isFirst = all[at - 1]?.check !== check;
  return [isFirst ? check : '', subject, result, words];
}

function count(findings: readonly Finding[]): string {
  const counts = results.map(
    (result) => `${findings.filter((finding) => finding.result === result).length} ${result}`,
  );
  return `${counts.join(', ')}.`;
}
