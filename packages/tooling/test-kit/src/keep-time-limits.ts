import { stretchTimeLimits } from '@cloudnestle/payments/time-limits';
import { onTestFinished } from 'vitest';

/** For a test about a time limit: whatever is composed from here to its end keeps limits as they are promised. */
export function keepTimeLimits(): void {
  onTestFinished(stretchTimeLimits(1));
}
