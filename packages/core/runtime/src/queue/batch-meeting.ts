import { timeLimitMs } from '@cloudnestle/payments/time-limits';

/** One record waits so long for the others of its batch. */
const AT_MOST_MS = 1000;

/** Where the records of one batch wait for each other, so that what they ask for next goes out in one call. */
export interface BatchMeeting {
  /**
   * Resolves once each record of the batch is here or done, and after a second at the latest. The batch is
   * answered when its last record is done, so waiting here makes it no longer.
   */
  meet(): Promise<void>;
  /** A record is done, well or not: no other one waits for it. */
  leave(): void;
}

export function createBatchMeeting(records: number): BatchMeeting {
  let underWay = records;
  let waiting: (() => void)[] = [];
  const goOnIfAllAreHere = () => {
    if (waiting.length < underWay) return;
    const all = waiting;
    waiting = [];
    for (const goOn of all) goOn();
  };
  return {
    meet: () =>
      new Promise((resolve) => {
        const goOn = () => {
          clearTimeout(timer);
          waiting = waiting.filter((each) => each !== goOn);
          resolve();
        };
        const timer = setTimeout(goOn, timeLimitMs(AT_MOST_MS));
        waiting.push(goOn);
        goOnIfAllAreHere();
      }),
    leave: () => {
      underWay -= 1;
      goOnIfAllAreHere();
    },
  };
}
