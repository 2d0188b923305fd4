/** One deliberate fault in the services' own code: a small replacement in one file. */
export interface Break {
  /** `pageWithoutItsWrite` */
  name: string;
  /** What is wrong then, in words. */
  what: string;
  /** The service or library that is broken, from the repository's root. */
  place: string;
  /** Stands in its sources exactly once, in whichever file. */
  find: string;
  replace: string;
}
