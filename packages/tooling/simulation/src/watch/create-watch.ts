import type { Invariant, LoggedLine, Violation, Watch } from '../parts/watch.ts';
import type { Coverage } from '../tally/create-coverage.ts';

/** Tells every invariant what concerns it, and keeps what they report. */
export function createWatch(deps: { coverage: Coverage }): Watch {
  const invariants: Invariant[] = [];
  const violations: Violation[] = [];
  const seen = new Set<string>();
  let error: unknown;
  return {
    violations,
    get error() {
      return error;
    },
    broke: (cause) => {
      error ??= cause;
    },
    add: (invariant) => invariants.push(invariant),
    report: ({ name, rule }, subject, what) => {
      // The same thing is often seen again and again from then on.
      if (seen.has(`${name} ${subject}`)) return;
      seen.add(`${name} ${subject}`);
      violations.push({ invariant: name, rule, subject, what });
    },
    afterHours: (hours) => {
      for (const each of invariants) each.afterHours?.(hours);
    },
    end: () => {
      for (const each of invariants) each.atEnd?.();
    },
    changed: (change) => {
      for (const each of invariants) each.changed?.(change);
    },
    counted: (name, value) => {
      for (const each of invariants) each.counted?.(name, value);
    },
    logged: (line) => {
      if (line.message === 'summary') noteOutcome(deps.coverage, line.fields);
      for (const each of invariants) each.logged?.(line);
    },
    mailed: (mail) => {
      for (const each of invariants) each.mailed?.(mail);
    },
    eventAccepted: (event) => {
      for (const each of invariants) each.eventAccepted?.(event);
    },
    messageSent: (queue, body, attributes) => {
      for (const each of invariants) each.messageSent?.(queue, body, attributes);
    },
    lostToItself: (caller, operation, input) => {
      for (const each of invariants) each.lostToItself?.(caller, operation, input);
    },
    messageDone: (queue, delivery, body) => {
      for (const each of invariants) each.messageDone?.(queue, delivery, body);
    },
    messageLost: (queue, message) => {
      for (const each of invariants) each.messageLost?.(queue, message);
    },
    answered: (answer) => {
      for (const each of invariants) each.answered?.(answer);
    },
    asked: (caller, merchantOrderId) => {
      for (const each of invariants) each.asked?.(caller, merchantOrderId);
    },
    orderPlaced: (merchantOrderId, amountInPaisa) => {
      for (const each of invariants) each.orderPlaced?.(merchantOrderId, amountInPaisa);
    },
    refundAsked: (caller, merchantRefundId, isKnown) => {
      for (const each of invariants) each.refundAsked?.(caller, merchantRefundId, isKnown);
    },
    refundTaken: (merchantRefundId) => {
      for (const each of invariants) each.refundTaken?.(merchantRefundId);
    },
    discarded: (eventIds) => {
      for (const each of invariants) each.discarded?.(eventIds);
    },
  };
}

function noteOutcome(coverage: Coverage, { unit, outcome }: LoggedLine['fields']): void {
  if (typeof unit === 'string' && typeof outcome === 'string') coverage.ended(unit, outcome);
}
