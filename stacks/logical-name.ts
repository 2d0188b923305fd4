/** `PaymentStatus` of `paymentStatus`: what SST's state knows something by. */
export function logicalName(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
