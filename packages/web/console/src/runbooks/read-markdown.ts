/** What a runbook is made of. */
export type Block =
  | { kind: 'heading'; level: number; text: string }
  | { kind: 'text'; text: string }
  | { kind: 'list'; items: string[] }
  | { kind: 'code'; text: string }
  | { kind: 'table'; head: string[]; rows: string[][] };

/** The blocks of a page, as far as our runbooks use Markdown: headings, paragraphs, flat lists, fenced code and tables. */
export function readMarkdown(page: string): Block[] {
  const blocks: Block[] = [];
  const lines = page.split('\n');
  let at = 0;
  const takeWhile = (fits: (line: string) => boolean): string[] => {
    const taken: string[] = [];
    for (let line = lines[at]; line !== undefined && fits(line); line = lines[at]) {
      taken.push(line);
      at += 1;
    }
    return taken;
  };
  while (at < lines.length) {
    const line = lines[at] ?? '';
    if (line.trim() === '') at += 1;
    else if (line.startsWith('```')) {
      at += 1;
      blocks.push({ kind: 'code', text: takeWhile((each) => !each.startsWith('```')).join('\n') });
      at += 1;
    } else if (/^#+ /.test(line)) {
      const [, marks = '', text = ''] = /^(#+) (.*)$/.exec(line) ?? [];
      blocks.push({ kind: 'heading', level: marks.length, text });
      at += 1;
    } else if (line.startsWith('|')) {
      const [head = [], , ...rows] = takeWhile((each) => each.startsWith('|')).map(readCells);
      blocks.push({ kind: 'table', head, rows });
    } else if (isItem(line)) {
      const taken = takeWhile((each) => isItem(each) || /^\s+\S/.test(each));
      blocks.push({ kind: 'list', items: joinItems(taken) });
    } else {
      const taken = takeWhile((each) => each.trim() !== '' && !/^(```|#|\|)/.test(each));
      blocks.push({ kind: 'text', text: taken.join(' ') });
    }
  }
  return blocks;
}

const isItem = (line: string) => /^([-*]|\d+\.) /.test(line);

function joinItems(lines: readonly string[]): string[] {
  const items: string[] = [];
  for (const line of lines) {
    if (isItem(line)) items.push(line.replace(/^([-*]|\d+\.) /, ''));
    else items.push(`${items.pop() ?? ''} ${line.trim()}`);
  }
  return items;
}

function readCells(line: string): string[] {
  return line
    .replace(/^\||\|\s*$/g, '')
    .split('|')
    .map((cell) => cell.trim());
}

/** Words within a block. */
export type Span =
  | { kind: 'text'; text: string }
  | { kind: 'strong'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'link'; text: string; to: string };

export function readSpans(text: string): Span[] {
  return [
    ...text.matchAll(/`([^`]+)`|\*\*([^*]+)\*\*|\[([^\]]+)\]\(([^)]+)\)|([^`*[]+|[`*[])/g),
  ].map(([, code, strong, link, to, rest]): Span => {
    if (code !== undefined) return { kind: 'code', text: code };
    if (strong !== undefined) return { kind: 'strong', text: strong };
    if (link !== undefined && to !== undefined) return { kind: 'link', text: link, to };
    return { kind: 'text', text: rest ?? '' };
  });
}
