import { expect, it } from 'vitest';
import { createProgress } from './show-progress.ts';

it('draws a bar with counts on a terminal, and takes it away at the end', () => {
  const written = watch(true, (progress) => progress.show({ found: 4, done: 2 }));
  expect(written).toContain('Sweeping local [############............]  50 %  2 of 4');
  expect(written.endsWith('\r\u001b[K')).toBe(true);
});

it('writes nothing where there is no terminal', () => {
  const written = watch(false, (progress) => progress.show({ found: 4, done: 1 }));
  expect(written).toBe('');
});

it('survives having found nothing', () => {
  expect(watch(true, (progress) => progress.show({ found: 0, done: 0 }))).toContain('0 of 0');
});

function watch(isTTY: boolean, work: (progress: ReturnType<typeof createProgress>) => void) {
  let written = '';
  const write = (text: string) => {
    written += text;
  };
  const progress = createProgress('Sweeping local', { isTTY, write });
  work(progress);
  progress.end();
  return written;
}
