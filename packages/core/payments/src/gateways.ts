import type { Gateways, PaymentGateway } from './gateway.ts';

export interface RegisteredGateway {
  gateway: PaymentGateway;
  /** The route of its webhooks. */
  webhookPath: string;
}

/**
 * The gateways of one process, by their names. `standard` opens new orders; `unnamed` is asked about orders whose rows
 * name none: those of the replaced system. Throws where one of the two is not registered.
 */
export function createGateways(
  registered: readonly RegisteredGateway[],
  { standard, unnamed }: { standard: string; unnamed: string },
): Gateways {
  const byName = new Map(registered.map(({ gateway }) => [gateway.name, gateway]));
  const byRoute = new Map(registered.map(({ gateway, webhookPath }) => [webhookPath, gateway]));
  const find = (name: string) => {
    const gateway = byName.get(name);
    if (!gateway) throw new Error(describeMissing(name));
    return gateway;
  };
  const ofUnnamed = find(unnamed);
  return {
    standard: find(standard),
    all: [...byName.values()],
    of: ({ paymentMethod }) =>
      paymentMethod === undefined
        ? ofUnnamed
        : (byName.get(paymentMethod) ?? createMissingGateway(paymentMethod)),
    atRoute: (path) => byRoute.get(path),
  };
}

/** The same gateways, each as `change` makes it: paced, timed. What is not registered stays as it is. */
export function changeGateways(
  gateways: Gateways,
  change: (gateway: PaymentGateway) => PaymentGateway,
): Gateways {
  const changed = new Map(gateways.all.map((gateway) => [gateway, change(gateway)]));
  const changedOf = (gateway: PaymentGateway) => changed.get(gateway) ?? gateway;
  return {
    standard: changedOf(gateways.standard),
    all: [...changed.values()],
    of: (row) => changedOf(gateways.of(row)),
    atRoute: (path) => {
      const gateway = gateways.atRoute(path);
      return gateway && changedOf(gateway);
    },
  };
}

/**
 * Stands for a gateway that a row names and this version does not have. It gives no outcome: the order waits, and is
 * left to an operator like one whose gateway cannot be reached.
 */
function createMissingGateway(name: string): PaymentGateway {
  const reason = describeMissing(name);
  return {
    name,
    createOrder: async () => ({ kind: 'unreachable', reason }),
    orderStatus: async () => ({ kind: 'unreachable', reason }),
    // It takes no refund at all, and says so when it is asked for one.
    refundLimits: { windowDays: 0, isOneAtATime: true, minimumInPaisa: 0 },
    refund: async () => ({ kind: 'unreachable', reason }),
    refundStatus: async () => ({ kind: 'unreachable', reason }),
    readWebhook: async () => ({ kind: 'unavailable', reason }),
  };
}

/** A row's text goes into logs and mails: its plain letters, and not too many of them. */
function describeMissing(name: string): string {
  const plain = name.replaceAll(/[^\w.-]/g, '?').slice(0, 40);
  return `no payment gateway is registered as "${plain}"`;
}
