import type { Patience } from '../../letters/await-others.ts';
import { tell } from '../../output/print.ts';
import { createProgress } from '../../output/show-progress.ts';
import { countLetters } from '../look/describe-counts.ts';

/** What is seen of a bulk action while it works: a bar, and a line where it waits for somebody else. */
export function showWork(title: string, expected: number | undefined) {
  const bar = createProgress(title);
  const patience: Patience = {
    onWait: (hidden) => {
      bar.end();
      tell(`waiting for ${countLetters(hidden)} that somebody else holds`);
    },
  };
  return {
    patience,
    onProgress: (done: number) => bar.show({ found: Math.max(done, expected ?? done), done }),
    end: bar.end,
  };
}
