/** A test that holds on the embedded engine and cannot hold on DynamoDB Local, with the reason. */
export interface KnownDifference {
  file: string;
  /** The title, or its beginning. */
  title: string;
  why: string;
}

export const knownDifferences: readonly KnownDifference[] = [];
