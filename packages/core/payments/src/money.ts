/** Rupees for people's eyes: 29900 is 299, 29950 is 299.5. Never computed with. */
export function paisaToRupees(amountInPaisa: number): number {
  return amountInPaisa / 100;
}

/** `₹299`, `₹299.50`. */
export function formatRupees(amountInPaisa: number): string {
  const rupees = Math.trunc(amountInPaisa / 100).toLocaleString('en-IN');
  const paisa = amountInPaisa % 100;
  return paisa === 0 ? `₹${rupees}` : `₹${rupees}.${String(paisa).padStart(2, '0')}`;
}
