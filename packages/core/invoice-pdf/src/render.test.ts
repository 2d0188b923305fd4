import { describe, expect, it } from 'vitest';
import { renderPdf } from './render.ts';
import { readText } from './testing/read-text.ts';
import {
  sampleBuyers,
  sampleCreditNote,
  sampleInvoice,
  sampleSeller,
} from './testing/sample-documents.ts';

const { gstin: _, ...unregistered } = sampleSeller;
const documents = {
  'a buyer in the seller’s State': sampleInvoice({ billing: sampleBuyers.inKarnataka }),
  'a buyer in another State': sampleInvoice({ billing: sampleBuyers.inMaharashtra }),
  'a company': sampleInvoice({ billing: sampleBuyers.company }, 'enterprise-yearly'),
  'a buyer who said nothing': sampleInvoice(),
  'a seller who is not registered': sampleInvoice({ config: unregistered }),
  'a refund of a part': sampleCreditNote(sampleInvoice({ billing: sampleBuyers.inKarnataka }), {
    beforeInPaisa: 0,
    amountInPaisa: 10_000,
  }),
};

describe.each(Object.entries(documents))('the document of %s', (_whose, document) => {
  it('is one page, small, tagged for screen readers, and made to be kept', async () => {
    const { bytes } = await renderPdf(document);
    expect(bytes.byteLength).toBeLessThan(60_000);
    expect((await readText(bytes)).pages).toBe(1);
    const source = Buffer.from(bytes).toString('latin1');
    for (const mark of ['/Lang (en-IN)', '/StructTreeRoot', '/MarkInfo', '/OutputIntents']) {
      expect(source).toContain(mark);
    }
    expect(source).toMatch(/<pdfaid:part>3<\/pdfaid:part>/);
    expect(source).toMatch(/<pdfaid:conformance>B<\/pdfaid:conformance>/);
  });

  it('has the same bytes every time', async () => {
    const [one, other] = await Promise.all([renderPdf(document), renderPdf(document)]);
    expect(one.sha256).toBe(other.sha256);
    expect(Buffer.compare(one.bytes, other.bytes)).toBe(0);
  });
});

const textOf = async (document: (typeof documents)[keyof typeof documents]) =>
  (await readText((await renderPdf(document)).bytes)).text;

it('says ₹299 within the State as 253.38 + 22.81 + 22.81, with all that the tax office asks for', async () => {
  const text = await textOf(documents['a buyer in the seller’s State']);
  for (const part of [
    'Tax Invoice INV26-0000001 28 Nov 2026',
    'CloudNestle Technologies Private Limited',
    'GSTIN 29AAGCB7383J1Z4',
    'Asha Rao',
    'Place of supply Karnataka (29)',
    'Reverse charge No',
    '998439',
    'Taxable value ₹253.38',
    'CGST at 9% ₹22.81',
    'SGST at 9% ₹22.81',
    'Total paid ₹299.00',
    'Rupees Two Hundred Ninety-Nine Only',
  ]) {
    expect(text).toContain(part);
  }
});

it('says it in another State as 253.39 + 45.61', async () => {
  const text = await textOf(documents['a buyer in another State']);
  expect(text).toContain('Taxable value ₹253.39 IGST at 18% ₹45.61 Total paid ₹299.00');
  expect(text).not.toContain('CGST');
});

it('is made out to a company with its GSTIN and address', async () => {
  const text = await textOf(documents['a company']);
  expect(text).toContain('Asha Textiles LLP');
  expect(text).toContain('GSTIN 27AAPFU0939F1ZV');
  expect(text).toContain('4 Hill Road, Bandra West, Mumbai 400050');
  expect(text).toContain('₹8,473.73');
});

it('charges no tax where the seller is not registered', async () => {
  const text = await textOf(documents['a seller who is not registered']);
  expect(text).toContain('Receipt');
  expect(text).not.toMatch(/GSTIN|CGST|SGST|IGST|Taxable/);
});

it('names the invoice that a credit note takes back', async () => {
  const text = await textOf(documents['a refund of a part']);
  expect(text).toContain('Credit Note');
  expect(text).toContain('Against INV26-0000001 of 28 Nov 2026');
  expect(text).toContain('Total credited ₹100.00');
});

it('sets names in Devanagari, and a mark for what the font does not have', async () => {
  const billing = { stateCode: '27' as const, name: 'आशा राव 🙂' };
  const text = await textOf(sampleInvoice({ billing }));
  expect(text).toContain('?');
  expect(text).not.toContain('\u0000');
});

it('comes out as it did when documents were first issued: else what was issued could not be handed out any more', async () => {
  const hashes = await Promise.all(
    Object.values(documents).map(async (document) =>
      (await renderPdf(document)).sha256.slice(0, 16),
    ),
  );
  expect(hashes).toMatchInlineSnapshot(`
    [
      "4adc639191aba683",
      "d7e7e4614fc227f6",
      "e7f88864056447b1",
      "cfddf9f24aa258aa",
      "70718f21ec5f7dee",
      "6996c719155dac1f",
    ]
  `);
});
