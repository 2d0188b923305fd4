/** One deliberate fault in the services' own code: a small replacement in one file. */
export interface Break {
  /** `pageWithoutItsWrite` */
  name: string;
  /** What is wrong then, in words. */
  what: string;
  /** From the repository's root. */
  file: string;
  /** Stands in the file exactly once. */
  find: string;
  replace: string;
}
