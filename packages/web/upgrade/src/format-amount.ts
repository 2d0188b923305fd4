/** `₹299`, `₹299.50`, `₹1,00,000`: grouped as in India, the same on the server and in every browser. */
export function formatAmount(amountInPaisa: number, currency: 'INR', locale = 'en-IN'): string {
  const digits = amountInPaisa % 100 === 0 ? 0 : 2;
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(amountInPaisa / 100);
}
