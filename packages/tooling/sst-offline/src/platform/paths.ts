import { join } from 'node:path';

/** Where SST keeps its things in a project. */
export interface Paths {
  /** The project's root: `sst.config.ts` is here. */
  root: string;
  /** SST's own folder; not committed. */
  work: string;
  /** SST's components in source, with the packages they need. */
  platform: string;
}

export function sstPaths(root: string): Paths {
  const work = join(root, '.sst');
  return { root, work, platform: join(work, 'platform') };
}
