/** The order that every example is about, in HTTP and in events alike (packages/core/contracts/samples). */
export const merchantOrderId = 'MP-uuid-123-1732356000-abc123';
export const transactionId = `txn_${merchantOrderId}`;

export const requestId = '7d3f9c1e-6b0a-4c55-9a0e-2f4b8d1c7e60';
