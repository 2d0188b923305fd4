import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { createProgress } from './show-progress.ts';

it('draws a bar with counts while somebody watches', () => {
  const written = watch(true, (progress) => {
    progress.show({ found: 4, done: 1 });
    progress.show({ found: 4, done: 4 });
  });
  expect(written).toContain('Sweeping local: 4 of 4');
});

it('writes nothing where nobody watches', () => {
  const written = watch(false, (progress) => progress.show({ found: 4, done: 1 }));
  expect(written).toBe('');
});

it('survives having found nothing', () => {
  expect(watch(true, () => undefined)).toContain('Sweeping local');
});

function watch(isTTY: boolean, work: (progress: ReturnType<typeof createProgress>) => void) {
  const stream = Object.assign(new PassThrough(), { isTTY, columns: 80, rows: 24 });
  const progress = createProgress('Sweeping local', stream);
  work(progress);
  progress.end();
  return String(stream.read() ?? '');
}
