import type { Ids } from '../support/create-ids.ts';
import { type Ending, endOrder } from './end-order.ts';
import type { Order } from './order.ts';

export type OrderBook = ReturnType<typeof createOrderBook>;

export type EndOrderResult =
  | { kind: 'finished'; order: Order }
  | { kind: 'unknownOrder' }
  /** It had ended before. Only a FAILED order still takes an outcome: COMPLETED, because money can come late. */
  | { kind: 'alreadyFinished'; order: Order };

export interface OrderBookPorts {
  now: () => Date;
  ids: Ids;
  /** Called with every state an order reaches by itself, because its time is over. */
  expired: (order: Order) => void;
}

/** The orders in memory. Every reading first applies what the clock says. */
export function createOrderBook({ now, ids, expired }: OrderBookPorts) {
  const orders = new Map<string, Order>();

  function get(merchantOrderId: string): Order | undefined {
    const order = orders.get(merchantOrderId);
    return order && expireIfDue(order);
  }

  function expireIfDue(order: Order): Order {
    if (order.state !== 'PENDING' || now().getTime() < order.expireAt) return order;
    const at = new Date(order.expireAt);
    const [ended] = save(endOrder(order, { outcome: 'EXPIRED', mode: 'UPI', at }, ids));
    if (!ended) return order;
    expired(ended);
    return ended;
  }

  function save(steps: Order[]): Order[] {
    for (const step of steps) orders.set(step.merchantOrderId, step);
    return steps;
  }

  return {
    get,
    list: (): Order[] => [...orders.values()].map(expireIfDue),
    findByOrderId: (orderId: string): Order | undefined => {
      const found = [...orders.values()].find((order) => order.orderId === orderId);
      return found && expireIfDue(found);
    },
    add: (order: Order) => save([order]),
    /** Ends an order; `steps` are the states it went through. */
    end(merchantOrderId: string, ending: Ending): EndOrderResult & { steps: Order[] } {
      const order = get(merchantOrderId);
      if (!order) return { kind: 'unknownOrder', steps: [] };
      const isLateMoney = order.state === 'FAILED' && ending.outcome === 'COMPLETED';
      if (order.state !== 'PENDING' && !isLateMoney)
        return { kind: 'alreadyFinished', order, steps: [] };
      const steps = save(endOrder(order, ending, ids));
      return { kind: 'finished', order: steps.at(-1) ?? order, steps };
    },
  };
}
