import { type CodeFacts, errorCodes } from '@cloudnestle/contracts/http/error-codes';
import { tokenCodes } from '@cloudnestle/contracts/http/token-codes';

const BEGIN = '<!-- error codes: written by `pnpm run docs` -->';
const END = '<!-- end of error codes -->';

/** The page with its table of codes as the code has them. Throws where the page has no place for it. */
export function withErrorTable(page: string): string {
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`the page has no "${BEGIN}" before "${END}"`);
  return `${page.slice(0, begin + BEGIN.length)}\n\n${errorTable()}\n\n${page.slice(end)}`;
}

function errorTable(): string {
  const rows = Object.entries<CodeFacts>({ ...errorCodes, ...tokenCodes });
  return [
    '| code | status | when | words for buyers | what the page does |',
    '| --- | --- | --- | --- | --- |',
    ...rows.map(([code, { statuses, when, words, advice }]) =>
      row([`\`${code}\``, statuses.join(', '), when, words.join('<br>'), advice]),
    ),
  ].join('\n');
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
