const RealDate = Date;
let aheadMs = 0;

/**
 * Lets `ms` pass at once for everything in this process that asks what time it is: services, tokens, the visibility
 * timeouts of the local cloud's queues. Timers are not moved. `restoreClock` when the file is done.
 */
export function advanceClock(ms: number): void {
  aheadMs += ms;
  const now = () => RealDate.now() + aheadMs;
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
    get: (target, name, receiver) => (name === 'now' ? now : Reflect.get(target, name, receiver)),
  });
}

/** The machine's own time again. */
export function restoreClock(): void {
  aheadMs = 0;
  globalThis.Date = RealDate;
}
