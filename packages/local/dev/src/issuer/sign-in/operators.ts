import { LOCAL_LOOK_GROUP, LOCAL_REPAIR_GROUP } from '../../stage-facts.ts';

/** An operator of the local run, who signs in to the console by a click. */
export interface DemoOperator {
  username: string;
  groups: readonly string[];
  /** What this operator may do, in a few words. */
  note: string;
}

/** Scripts and documents rely on these names. */
export const demoOperators: readonly DemoOperator[] = [
  { username: 'look', groups: [LOCAL_LOOK_GROUP], note: 'sees everything, changes nothing' },
  { username: 'repair', groups: [LOCAL_REPAIR_GROUP], note: 'repairs, replays and pays back' },
  { username: 'stranger', groups: [], note: 'is in no group, and sees nothing' },
];
