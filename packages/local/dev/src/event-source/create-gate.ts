export type Gate = ReturnType<typeof createGate>;

/** An open or closed gate; whoever comes while it is closed waits. */
export function createGate() {
  let opened = Promise.withResolvers<void>();
  let isOpen = true;
  opened.resolve();
  return {
    isOpen: () => isOpen,
    /** Resolves as soon as the gate is open. */
    passed: () => opened.promise,
    open() {
      isOpen = true;
      opened.resolve();
    },
    close() {
      if (!isOpen) return;
      isOpen = false;
      opened = Promise.withResolvers<void>();
    },
  };
}
