export type RandomBytes = (size: number) => Uint8Array;
export type Ids = ReturnType<typeof createIds>;

/** Ids in PhonePe's shapes: the prefix, then date and time in India to the millisecond, then seven digits. */
export function createIds(now: () => Date, randomBytes: RandomBytes) {
  const digits = (count: number) => [...randomBytes(count)].map((byte) => byte % 10).join('');
  const stamped = (prefix: string) => `${prefix}${istStamp(now())}${digits(7)}`;
  return {
    order: () => stamped('OMO'),
    transaction: () => stamped('OM'),
    refund: () => stamped('OMR'),
    digits,
    upiTransaction: () => `YBL${Buffer.from(randomBytes(16)).toString('hex')}`,
    /** JSON Web Token in shape only: nobody but the sandbox reads it, and it compares whole tokens. */
    token: (claims: Record<string, string | number>) =>
      [
        base64url(JSON.stringify({ alg: 'HS256', typ: 'JWT' })),
        base64url(JSON.stringify(claims)),
        base64url(randomBytes(32)),
      ].join('.'),
  };
}

const istOffsetMs = 330 * 60_000;

function istStamp(at: Date): string {
  const ist = new Date(at.getTime() + istOffsetMs).toISOString();
  return ist.replace(/\D/g, '').slice(2);
}

const base64url = (content: string | Uint8Array) => Buffer.from(content).toString('base64url');
