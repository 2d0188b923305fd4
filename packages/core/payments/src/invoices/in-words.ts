const small = [
  ...['Zero', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten'],
  ...['Eleven', 'Twelve', 'Thirteen', 'Fourteen', 'Fifteen', 'Sixteen', 'Seventeen', 'Eighteen'],
  'Nineteen',
];
const tens = ['', '', 'Twenty', 'Thirty', 'Forty', 'Fifty', 'Sixty', 'Seventy', 'Eighty', 'Ninety'];

/** The steps of Indian numbers: a crore is 100 lakh. */
const steps = [
  { size: 10_000_000, word: 'Crore' },
  { size: 100_000, word: 'Lakh' },
  { size: 1000, word: 'Thousand' },
  { size: 100, word: 'Hundred' },
] as const;

/** `Rupees Two Hundred Ninety-Nine Only`, as documents in India spell amounts out. */
export function amountInWords(amountInPaisa: number): string {
  const rupees = Math.trunc(amountInPaisa / 100);
  const paisa = amountInPaisa % 100;
  const change = paisa === 0 ? '' : ` and ${inWords(paisa)} Paise`;
  return `Rupees ${inWords(rupees)}${change} Only`;
}

function inWords(whole: number): string {
  const step = steps.find(({ size }) => whole >= size);
  if (step) {
    const rest = whole % step.size;
    const most = `${inWords(Math.trunc(whole / step.size))} ${step.word}`;
    return rest === 0 ? most : `${most} ${inWords(rest)}`;
  }
  if (whole < small.length) return small[whole] ?? '';
  const unit = whole % 10;
  const ten = tens[Math.trunc(whole / 10)] ?? '';
  return unit === 0 ? ten : `${ten}-${small[unit] ?? ''}`;
}
