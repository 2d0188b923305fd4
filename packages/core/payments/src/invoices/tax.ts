import { findState, type StateCode } from '@cloudnestle/contracts/india/states';

/**
 * How a supply is taxed. Within the seller's own State its tax is two equal halves, CGST and SGST (UTGST in a Union Territory
 * without a legislature); else it is IGST. `NONE`: the seller is not registered and may charge no tax.
 */
export type TaxScheme = 'INTRA_STATE' | 'INTRA_UNION_TERRITORY' | 'INTER_STATE' | 'NONE';

/** An amount by its parts, in whole paisa. `sgstInPaisa` is UTGST where the scheme is a Union Territory's. */
export interface TaxParts {
  taxableInPaisa: number;
  cgstInPaisa: number;
  sgstInPaisa: number;
  igstInPaisa: number;
}

/** Of services that are sold over a network, in per cent: of CGST and SGST together, or of IGST. */
export const GST_RATE_PERCENT = 18;

const parts = ['taxableInPaisa', 'cgstInPaisa', 'sgstInPaisa', 'igstInPaisa'] as const;

/** How a supply between two places is taxed. */
export function schemeOf(seller: { stateCode: StateCode }, placeOfSupply: StateCode): TaxScheme {
  if (seller.stateCode !== placeOfSupply) return 'INTER_STATE';
  return findState(placeOfSupply)?.secondHead === 'UTGST' ? 'INTRA_UNION_TERRITORY' : 'INTRA_STATE';
}

/**
 * The parts of an inclusive price: they add up to it exactly, and CGST and SGST are equal. Each head is
 * rounded half up to the paisa by itself and the rest is the taxable value, which so differs by a paisa between the
 * schemes. The taxable value times the rate may differ from a head by a paisa: that is not corrected, or the parts would
 * not add up to what was paid.
 */
export function splitInclusive(
  grossInPaisa: number,
  scheme: TaxScheme,
  ratePercent: number = GST_RATE_PERCENT,
): TaxParts {
  if (!Number.isSafeInteger(grossInPaisa) || grossInPaisa < 0) {
    throw new Error(`an amount is whole paisa, not ${grossInPaisa}`);
  }
  const wholeInPaisa = 100 + ratePercent;
  switch (scheme) {
    case 'NONE':
      return { taxableInPaisa: grossInPaisa, cgstInPaisa: 0, sgstInPaisa: 0, igstInPaisa: 0 };
    case 'INTER_STATE': {
      const igstInPaisa = divideHalfUp(grossInPaisa * ratePercent, wholeInPaisa);
      return { ...noTax, taxableInPaisa: grossInPaisa - igstInPaisa, igstInPaisa };
    }
    case 'INTRA_STATE':
    case 'INTRA_UNION_TERRITORY': {
      const half = divideHalfUp(grossInPaisa * ratePercent, 2 * wholeInPaisa);
      return {
        ...noTax,
        taxableInPaisa: grossInPaisa - 2 * half,
        cgstInPaisa: half,
        sgstInPaisa: half,
      };
    }
  }
}

/**
 * What one credit note takes back, where `beforeInPaisa` of the invoice's price were credited by earlier notes. Each note is
 * the difference of two sums, so all notes of an invoice add up to its own parts once all of its price has gone back,
 * in whatever order and of whatever amounts.
 */
export function splitCredit(
  { beforeInPaisa, amountInPaisa }: { beforeInPaisa: number; amountInPaisa: number },
  scheme: TaxScheme,
  ratePercent: number = GST_RATE_PERCENT,
): TaxParts {
  return subtractParts(
    splitInclusive(beforeInPaisa + amountInPaisa, scheme, ratePercent),
    splitInclusive(beforeInPaisa, scheme, ratePercent),
  );
}

const noTax: TaxParts = { taxableInPaisa: 0, cgstInPaisa: 0, sgstInPaisa: 0, igstInPaisa: 0 };

/** All parts added up; no parts are zero. */
export function addParts(all: readonly TaxParts[]): TaxParts {
  return all.reduce((sum, each) => combine(sum, each, (one, other) => one + other), noTax);
}

export function subtractParts(one: TaxParts, other: TaxParts): TaxParts {
  return combine(one, other, (left, right) => left - right);
}

/** Taxable value and tax together. */
export function grossOf(split: TaxParts): number {
  return parts.reduce((sum, part) => sum + split[part], 0);
}

/** All tax, without the taxable value. */
export function taxOf({ cgstInPaisa, sgstInPaisa, igstInPaisa }: TaxParts): number {
  return cgstInPaisa + sgstInPaisa + igstInPaisa;
}

function combine(
  one: TaxParts,
  other: TaxParts,
  compute: (one: number, other: number) => number,
): TaxParts {
  return {
    taxableInPaisa: compute(one.taxableInPaisa, other.taxableInPaisa),
    cgstInPaisa: compute(one.cgstInPaisa, other.cgstInPaisa),
    sgstInPaisa: compute(one.sgstInPaisa, other.sgstInPaisa),
    igstInPaisa: compute(one.igstInPaisa, other.igstInPaisa),
  };
}

/** A quotient of whole numbers, halves rounded up; exact, for it never leaves whole numbers. */
function divideHalfUp(dividend: number, divisor: number): number {
  const doubled = 2 * dividend + divisor;
  return (doubled - (doubled % (2 * divisor))) / (2 * divisor);
}
