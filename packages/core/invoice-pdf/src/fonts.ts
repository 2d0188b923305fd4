import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Font } from 'fontkit';

/**
 * The weights of Noto Sans that documents are set in: whole fonts, for only those have both the rupee sign and the letters. Their
 * licence (OFL 1.1) lets them be embedded and handed on with itself beside them.
 */
export const fontFiles = {
  regular: 'NotoSans_400Regular.ttf',
  semiBold: 'NotoSans_600SemiBold.ttf',
  licence: 'LICENSE_FONT',
} as const;

const folders: Readonly<Record<keyof typeof fontFiles, string>> = {
  regular: '400Regular/',
  semiBold: '600SemiBold/',
  licence: '',
};

/** Where a file of the fonts is: beside the program, as it is deployed, else in the package from npm. */
export function findFontFile(name: keyof typeof fontFiles): URL {
  const beside = new URL(fontFiles[name], import.meta.url);
  if (existsSync(beside)) return beside;
  const require = createRequire(import.meta.url);
  const path = `@expo-google-fonts/noto-sans/${folders[name]}${fontFiles[name]}`;
  return new URL(`file://${require.resolve(path)}`);
}

const opened = new Map<string, Promise<Font>>();

/** A weight, read once in a process: to read its tables takes longer than to set a page. */
export function openFont(name: 'regular' | 'semiBold'): Promise<Font> {
  const font = opened.get(name) ?? readFont(name);
  opened.set(name, font);
  return font;
}

async function readFont(name: 'regular' | 'semiBold'): Promise<Font> {
  const { create } = await import('fontkit');
  const font = create(await readFile(findFontFile(name)));
  if (!('layout' in font)) throw new Error(`${fontFiles[name]} is a collection of fonts`);
  return font;
}

declare global {
  namespace PDFKit.Mixins {
    interface PDFFont {
      /** A font that is open already; its types do not know that pdfkit takes one. */
      registerFont(name: string, src: Font): this;
    }
  }
}

/** What Noto Sans has no glyph for would be set as an empty box that nothing can read: Indian names are in Latin or Devanagari letters. */
const NOT_IN_FONT =
  /[^\u0020-\u007E\u00A0-\u024F\u02B0-\u036F\u0370-\u03FF\u0400-\u04FF\u0900-\u097F\u1E00-\u1EFF\u2010-\u2027\u2030-\u205E\u20B9\u200C\u200D]/gu;

/** The text with a question mark for each character that the font does not have. */
export function printable(text: string): string {
  return text.normalize('NFC').replace(NOT_IN_FONT, '?');
}
