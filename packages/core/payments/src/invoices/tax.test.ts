import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addParts, grossOf, schemeOf, splitCredit, splitInclusive, type TaxScheme } from './tax.ts';

const interState = (grossInPaisa: number) => {
  const { taxableInPaisa, igstInPaisa } = splitInclusive(grossInPaisa, 'INTER_STATE');
  return [taxableInPaisa, igstInPaisa];
};
const intraState = (grossInPaisa: number) => {
  const { taxableInPaisa, cgstInPaisa, sgstInPaisa } = splitInclusive(grossInPaisa, 'INTRA_STATE');
  return [taxableInPaisa, cgstInPaisa, sgstInPaisa];
};

it.each([
  [99_00, [83_90, 15_10], [83_90, 7_55, 7_55]],
  [199_00, [168_64, 30_36], [168_64, 15_18, 15_18]],
  [299_00, [253_39, 45_61], [253_38, 22_81, 22_81]],
  [499_00, [422_88, 76_12], [422_88, 38_06, 38_06]],
  [999_00, [846_61, 152_39], [846_62, 76_19, 76_19]],
  [2_999_00, [2_541_53, 457_47], [2_541_52, 228_74, 228_74]],
  [9_999_00, [8_473_73, 1_525_27], [8_473_72, 762_64, 762_64]],
])('splits %i paisa to the paisa, between States and within one', (gross, inter, intra) => {
  expect(interState(gross)).toEqual(inter);
  expect(intraState(gross)).toEqual(intra);
});

const schemes = fc.constantFrom<TaxScheme>(
  'INTRA_STATE',
  'INTRA_UNION_TERRITORY',
  'INTER_STATE',
  'NONE',
);
/** Up to ten crore rupees. */
const amounts = fc.integer({ min: 0, max: 10_000_000_000 });

it('splits every amount into parts that add up to it, halves equal, within half a paisa of the rate', () => {
  fc.assert(
    fc.property(amounts, schemes, (gross, scheme) => {
      const split = splitInclusive(gross, scheme);
      expect(grossOf(split)).toBe(gross);
      expect(split.cgstInPaisa).toBe(split.sgstInPaisa);
      expect(Object.values(split).every((part) => Number.isSafeInteger(part) && part >= 0)).toBe(
        true,
      );
      const exact = { INTER_STATE: 18, INTRA_STATE: 9, INTRA_UNION_TERRITORY: 9, NONE: 0 }[scheme];
      const head = scheme === 'INTER_STATE' ? split.igstInPaisa : split.cgstInPaisa;
      expect(Math.abs(head * 118 - gross * exact)).toBeLessThanOrEqual(59);
    }),
  );
});

it('rounds every amount up to ₹2,000 half up', () => {
  for (let gross = 0; gross <= 200_000; gross += 1) {
    const [, igst] = interState(gross);
    const [, cgst] = intraState(gross);
    if (igst !== Math.floor((gross * 36 + 118) / 236)) expect.fail(`IGST of ${gross} is ${igst}`);
    if (cgst !== Math.floor((gross * 18 + 118) / 236)) expect.fail(`CGST of ${gross} is ${cgst}`);
  }
});

it('closes an invoice to zero by credit notes of any amounts', () => {
  const gross = fc.integer({ min: 1, max: 1_000_000 });
  const shares = fc.array(fc.nat({ max: 400_000 }), { maxLength: 8 });
  fc.assert(
    fc.property(gross, shares, schemes, (invoiced, refunds, scheme) => {
      let credited = 0;
      const notes = [...refunds, invoiced].map((wanted) => {
        const amountInPaisa = Math.min(wanted, invoiced - credited);
        const note = splitCredit({ beforeInPaisa: credited, amountInPaisa }, scheme);
        expect(grossOf(note)).toBe(amountInPaisa);
        expect(note.cgstInPaisa).toBe(note.sgstInPaisa);
        credited += amountInPaisa;
        return note;
      });
      expect(addParts(notes)).toEqual(splitInclusive(invoiced, scheme));
    }),
  );
});

it('taxes within a State by halves, in a Union Territory without a legislature too, and across by IGST', () => {
  expect(schemeOf({ stateCode: '29' }, '29')).toBe('INTRA_STATE');
  expect(schemeOf({ stateCode: '07' }, '07')).toBe('INTRA_STATE');
  expect(schemeOf({ stateCode: '04' }, '04')).toBe('INTRA_UNION_TERRITORY');
  expect(schemeOf({ stateCode: '29' }, '27')).toBe('INTER_STATE');
  expect(schemeOf({ stateCode: '29' }, '97')).toBe('INTER_STATE');
});

it.each([-1, 0.5, Number.NaN, Number.MAX_VALUE])('refuses %d as an amount of paisa', (amount) => {
  expect(() => splitInclusive(amount, 'INTER_STATE')).toThrow(/whole paisa/);
});
