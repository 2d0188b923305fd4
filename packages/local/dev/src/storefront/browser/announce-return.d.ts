/** Tells the API that the buyer is back. Never rejects: whatever comes of it, the page goes on. */
export function announceReturn(transactionId: string): Promise<void>;
