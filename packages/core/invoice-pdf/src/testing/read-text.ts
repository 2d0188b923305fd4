import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** What a PDF reader finds in a PDF: how many pages, and the text of the first one with single spaces. */
export async function readText(bytes: Uint8Array): Promise<{ pages: number; text: string }> {
  const task = getDocument({ data: new Uint8Array(bytes), verbosity: 0 });
  const pdf = await task.promise;
  const page = await pdf.getPage(1);
  const { items } = await page.getTextContent();
  const text = items.map((item) => ('str' in item ? item.str : '')).join(' ');
  const pages = pdf.numPages;
  await task.destroy();
  return { pages, text: text.replaceAll(/\s+/g, ' ') };
}
