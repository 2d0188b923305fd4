import * as z from 'zod';
import { attentionReasonSchema } from '../items/attention.ts';
import { daySchema } from '../time.ts';
import { cursorSchema, nextCursorSchema, searchTextSchema } from './common.ts';

const text = z.string();

/** An order in a list. Rows of the replaced system may lack much: what is missing is left out. */
export const orderRowSchema = z.object({
  transactionId: text,
  merchantOrderId: text.optional(),
  userId: text.optional(),
  userEmail: text.optional().describe('Masked.'),
  planId: text.optional(),
  tier: text.optional(),
  amountInPaisa: z.int().nonnegative().optional(),
  status: text.describe('PENDING, COMPLETED, FAILED; UNREADABLE where the row does not fit.'),
  failureReason: text.optional(),
  paymentMode: text.optional(),
  createdAt: text,
  completedAt: text.optional(),
  attention: z.array(attentionReasonSchema).describe('What it needs an operator for.'),
  refundedInPaisa: z.int().nonnegative().describe('What the gateway has confirmed.'),
  duplicateOf: text.optional(),
  accessRevokedAt: text.optional(),
});
export type OrderRow = z.infer<typeof orderRowSchema>;

/** `POST /payments/admin/search`: an order, gateway order, user or refund by id, a document by number, or an email. */
export const searchRequestSchema = z.object({ text: searchTextSchema });
export type SearchRequest = z.infer<typeof searchRequestSchema>;

export const searchResponseSchema = z.object({
  success: z.literal(true),
  orders: z.array(orderRowSchema).describe('The newest first.'),
  users: z.array(
    z.object({
      userId: text,
      userEmail: text.optional().describe('Masked.'),
      tier: text.optional(),
      orders: z.int().nonnegative().describe('How many of `orders` are theirs.'),
    }),
  ),
  isCut: z.boolean().describe('There are older orders, which were not looked at.'),
});
export type SearchResponse = z.infer<typeof searchResponseSchema>;

/** The query of `GET /payments/admin/orders`. Days in India, both included, at most 92. */
export const ordersQuerySchema = z.object({
  from: daySchema,
  to: daySchema,
  status: z.enum(['PENDING', 'COMPLETED', 'FAILED']).optional(),
  cursor: cursorSchema.optional(),
});
export type OrdersQuery = z.infer<typeof ordersQuerySchema>;

/** A page of orders by their creation, the newest first. A page with few or no orders may be followed by others. */
export const ordersResponseSchema = z.object({
  success: z.literal(true),
  orders: z.array(orderRowSchema),
  nextCursor: nextCursorSchema,
});
export type OrdersResponse = z.infer<typeof ordersResponseSchema>;
