import * as z from 'zod';

/** As much of the answers as tests read by name; everything else stays in them. */
export const tokenShape = z.looseObject({ access_token: z.string() });
export const payShape = z.looseObject({
  orderId: z.string(),
  expireAt: z.number(),
  redirectUrl: z.string(),
});
export const statusShape = z.looseObject({
  paymentDetails: z.array(z.looseObject({ state: z.string(), timestamp: z.number() })),
});
export const webhookShape = z.looseObject({
  event: z.string(),
  payload: z.looseObject({ state: z.string() }),
});

export async function read<T>(answer: Response, shape: z.ZodType<T>): Promise<T> {
  return shape.parse(await answer.json());
}
