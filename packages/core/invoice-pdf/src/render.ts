import { createHash } from 'node:crypto';
import type { InvoiceDocument } from '@cloudnestle/contracts/items/invoice';
import type PDFDocument from 'pdfkit';
import { type DescribedDocument, describeDocument, type Fact } from './describe.ts';
import { openFont, printable } from './fonts.ts';

/** A document's PDF, and the SHA-256 of its bytes in hex. */
export interface RenderedPdf {
  bytes: Uint8Array;
  sha256: string;
}

/**
 * The PDF of an issued document: one A4 page, tagged for screen readers, PDF/A-3b. The same document gives the same bytes, on
 * every machine: nothing in it comes from a clock, and no stream is compressed, for compressors differ.
 */
export async function renderPdf(document: InvoiceDocument): Promise<RenderedPdf> {
  const described = describeDocument(document);
  // When the first page is set: a function that starts for something else need not wait for it.
  const { default: Pdf } = await import('pdfkit');
  const doc = new Pdf({
    size: 'A4',
    margin: 0,
    compress: false,
    pdfVersion: '1.7',
    subset: 'PDF/A-3b',
    tagged: true,
    lang: 'en-IN',
    displayTitle: true,
    // pdfkit takes bytes here; its types know paths alone.
    // None until one is chosen: the default one would have to be read from a file beside pdfkit.
    font: '',
    info: {
      Title: `${described.title} ${described.number}`,
      Author: printable(document.seller.legalName),
      CreationDate: new Date(document.issuedAt),
    },
  });
  const chunks: Uint8Array[] = [];
  doc.on('data', (chunk: Uint8Array) => chunks.push(chunk));
  const isDone = new Promise<void>((resolve, reject) => {
    doc.on('end', () => resolve());
    doc.on('error', reject);
  });
  for (const name of ['regular', 'semiBold'] as const) doc.registerFont(name, await openFont(name));
  drawPage(doc, described);
  doc.end();
  await isDone;
  const bytes = Buffer.concat(chunks);
  return { bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}

type FontName = 'regular' | 'semiBold';

type Doc = InstanceType<typeof PDFDocument>;
type Element = ReturnType<Doc['struct']>;

const page = { width: 595.28, left: 48, right: 547.28, middle: 318 };
const colours = {
  ink: '#1f2937',
  soft: '#5b6472',
  line: '#d9dce3',
  tint: '#f5f5fb',
  brand: '#3b3aa8',
};

/** One piece of text. `width` wraps it; `align` is within the width. */
interface Piece {
  at: { x: number; y: number };
  width: number;
  size?: number;
  font?: FontName;
  colour?: string;
  align?: 'left' | 'right';
  /** What it is to a screen reader. */
  tag?: string;
}

function drawPage(doc: Doc, described: DescribedDocument): void {
  const root = doc.struct('Document');
  doc.addStructure(root);
  decorate(doc, () => doc.rect(0, 0, page.width, 8).fill(colours.brand));
  drawHead(doc, root, described);
  const below = Math.max(drawBuyer(doc, root, described), drawFacts(doc, root, described));
  const afterTable = drawTable(doc, root, described, below + 26);
  const afterSums = drawSums(doc, root, described, afterTable + 16);
  drawFoot(doc, root, described, afterSums + 34);
  root.end();
}

function drawHead(doc: Doc, root: Element, { title, number, date, seller }: DescribedDocument) {
  const width = 270;
  let y = write(doc, root, seller.name, {
    at: { x: page.left, y: 48 },
    width,
    size: 15,
    font: 'semiBold',
  });
  for (const line of seller.lines) {
    y = write(doc, root, line, { at: { x: page.left, y: y + 2 }, width, size: 9, ...soft });
  }
  const right = { width: 220, align: 'right' } as const;
  const x = page.right - right.width;
  write(doc, root, title, {
    ...right,
    at: { x, y: 44 },
    size: 22,
    font: 'semiBold',
    colour: colours.brand,
    tag: 'H1',
  });
  write(doc, root, number, { ...right, at: { x, y: 77 }, size: 12, font: 'semiBold' });
  write(doc, root, date, { ...right, at: { x, y: 95 }, size: 10, ...soft });
}

const soft = { colour: colours.soft } as const;
const BLOCKS_Y = 158;

function drawBuyer(doc: Doc, root: Element, { buyer }: DescribedDocument): number {
  const width = page.middle - page.left - 24;
  let y = writeHeading(doc, root, buyer.title, { x: page.left, y: BLOCKS_Y });
  y = write(doc, root, buyer.name, {
    at: { x: page.left, y: y + 5 },
    width,
    size: 11,
    font: 'semiBold',
  });
  for (const line of buyer.lines) {
    y = write(doc, root, line, { at: { x: page.left, y: y + 2 }, width, size: 9.5 });
  }
  return y;
}

function drawFacts(doc: Doc, root: Element, { facts }: DescribedDocument): number {
  const labelWidth = 86;
  let y = writeHeading(doc, root, 'Details', { x: page.middle, y: BLOCKS_Y }) + 3;
  for (const { label, value } of facts) {
    write(doc, root, label, {
      at: { x: page.middle, y: y + 2 },
      width: labelWidth,
      size: 9.5,
      ...soft,
    });
    y = write(doc, root, value, {
      at: { x: page.middle + labelWidth, y: y + 2 },
      width: page.right - page.middle - labelWidth,
      size: 9.5,
    });
  }
  return y;
}

function writeHeading(doc: Doc, root: Element, text: string, at: Piece['at']): number {
  return write(doc, root, text, {
    at,
    width: 220,
    size: 10,
    font: 'semiBold',
    colour: colours.brand,
    tag: 'H2',
  });
}

const AMOUNT_WIDTH = 68;
const CODE_WIDTH = 48;

/** The one line of the document; its description takes the width that the other columns leave. */
function drawTable(doc: Doc, root: Element, { table }: DescribedDocument, top: number): number {
  const { head, row } = table;
  const widths = head.map((label): number => (label === 'SAC' ? CODE_WIDTH : AMOUNT_WIDTH));
  const others = widths.slice(1).reduce((sum, each) => sum + each, 0);
  widths[0] = page.right - page.left - others - 16;
  const lefts = widths.map(
    (_width, at) => page.left + 8 + widths.slice(0, at).reduce((sum, each) => sum + each, 0),
  );
  decorate(doc, () =>
    doc.roundedRect(page.left, top, page.right - page.left, 24, 4).fill(colours.tint),
  );
  const element = doc.struct('Table');
  root.add(element);
  const cells = (texts: readonly string[], y: number, style: Partial<Piece> & { tag: string }) => {
    const tr = doc.struct('TR');
    element.add(tr);
    const bottoms = texts.map((text, at) =>
      write(doc, tr, text, {
        at: { x: lefts[at] ?? page.left, y },
        width: (widths[at] ?? AMOUNT_WIDTH) - (at === 0 ? 12 : 0),
        align: at === 0 || head[at] === 'SAC' ? 'left' : 'right',
        size: 9.5,
        ...style,
      }),
    );
    tr.end();
    return Math.max(...bottoms);
  };
  cells(head, top + 6, { tag: 'TH', size: 8.5, font: 'semiBold', colour: colours.soft });
  const bottom = cells(row, top + 33, { tag: 'TD' }) + 10;
  element.end();
  drawLine(doc, page.left, page.right, bottom);
  return bottom;
}

function drawSums(
  doc: Doc,
  root: Element,
  { sums, total, inWords }: DescribedDocument,
  top: number,
): number {
  const left = page.middle + 20;
  const sumLine = (fact: Fact, y: number, style: Partial<Piece>) => {
    const half = (page.right - 8 - left) / 2;
    write(doc, root, fact.label, { at: { x: left, y }, width: half, ...style });
    return write(doc, root, fact.value, {
      at: { x: left + half, y },
      width: half,
      align: 'right',
      ...style,
    });
  };
  let y = top;
  for (const fact of sums) y = sumLine(fact, y, { size: 9.5 }) + 4;
  if (sums.length > 0) drawLine(doc, left, page.right, y + 2);
  y = sumLine(total, y + 9, { size: 13, font: 'semiBold' });
  const wordsWidth = page.middle - page.left - 24;
  const words = writeHeading(doc, root, 'Amount in words', { x: page.left, y: top });
  write(doc, root, inWords, { at: { x: page.left, y: words + 4 }, width: wordsWidth, size: 9.5 });
  return y;
}

function drawFoot(
  doc: Doc,
  root: Element,
  { notes, signatory }: DescribedDocument,
  top: number,
): void {
  let y = top;
  for (const [at, line] of signatory.entries()) {
    y = write(doc, root, line, {
      at: { x: page.middle, y },
      width: page.right - page.middle,
      align: 'right',
      size: 9.5,
      font: at === 0 ? 'semiBold' : 'regular',
    });
  }
  drawLine(doc, page.left, page.right, 772);
  y = 778;
  for (const note of notes) {
    y = write(doc, root, note, {
      at: { x: page.left, y: y + 2 },
      width: page.right - page.left,
      size: 8.5,
      ...soft,
    });
  }
}

/** Writes text where it is said, tagged below `parent`; answers where it ends. */
function write(doc: Doc, parent: Element, text: string, piece: Piece): number {
  const { at, width, size = 10, font = 'regular', colour = colours.ink, align = 'left' } = piece;
  doc.font(font).fontSize(size).fillColor(colour);
  doc.text(printable(text), at.x, at.y, {
    width,
    align,
    lineGap: 1.5,
    structParent: parent,
    structType: piece.tag ?? 'P',
  });
  return doc.y;
}

function drawLine(doc: Doc, left: number, right: number, y: number): void {
  decorate(doc, () =>
    doc.moveTo(left, y).lineTo(right, y).lineWidth(0.75).strokeColor(colours.line).stroke(),
  );
}

/** What only looks: a screen reader leaves it out. */
function decorate(doc: Doc, draw: () => unknown): void {
  doc.markContent('Artifact', { type: 'Layout' });
  draw();
  doc.endMarkedContent();
}
