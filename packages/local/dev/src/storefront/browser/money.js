/** `₹299`, `₹299.50`. */
export function formatAmount(amountInPaisa, currency) {
  const format = { style: 'currency', currency, trailingZeroDisplay: 'stripIfInteger' };
  return new Intl.NumberFormat('en-IN', format).format(amountInPaisa / 100);
}
