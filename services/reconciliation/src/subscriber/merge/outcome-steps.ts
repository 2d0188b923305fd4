import { end, type Step } from '../../attention/steps.ts';

/**
 * What an outcome on the row ends of what needed a person: that there was none, that it did not arrive, and every
 * mismatch that was found before the gateway gave an answer that fits.
 */
export function outcomeSteps(fittingAnswerAt: string | undefined): Step[] {
  const isOutdated = ({ at }: { at: string }) =>
    fittingAnswerAt !== undefined && at <= fittingAnswerAt;
  return [end('NO_OUTCOME'), end('NOT_REACHED'), end('MISMATCH', isOutdated)];
}

/** The later of two times that are spelled alike, where there are any. */
export function laterOf(recorded: string | undefined, told: string | undefined) {
  return recorded === undefined || (told !== undefined && told > recorded) ? told : recorded;
}
