import net from 'node:net';
import * as z from 'zod';
import { runEpisode } from '../world/run-episode.ts';
import type { Job } from './seeds.ts';

/** What a worker is told: one episode. */
const jobSchema = z.object({
  seed: z.number(),
  level: z.enum(['light', 'heavy', 'none']),
  buyers: z.number(),
  passes: z.boolean().optional(),
  desks: z.number().optional(),
}) satisfies z.ZodType<Job>;

// Nothing here talks to the world outside of the process: code that tries has not taken its client from the platform.
net.Socket.prototype.connect = () => {
  throw new Error('a simulated service opens a real connection');
};

process.on('message', (message) => {
  void work(jobSchema.parse(message));
});
process.on('disconnect', () => process.exit(0));

async function work(job: Job): Promise<void> {
  try {
    const result = await runEpisode(job);
    process.send?.({ kind: 'done', result, memoryMb: process.memoryUsage().rss / 1e6 });
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.send?.({ kind: 'broke', seed: job.seed, error: text });
  }
}
