const rupees = new Intl.NumberFormat('en-IN', { style: 'currency', currency: 'INR' });

/** `₹299.00` */
export const formatAmount = (amountInPaisa: number) => rupees.format(amountInPaisa / 100);

/** `20:00` */
export function formatTimeLeft(seconds: number): string {
  const rest = String(seconds % 60).padStart(2, '0');
  return `${Math.floor(seconds / 60)}:${rest}`;
}
