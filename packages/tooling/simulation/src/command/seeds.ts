/** The seed of an episode of a run: the first one's is the run's own, so that any episode can be a run. */
export function seedOf(runSeed: number, episode: number): number {
  if (episode === 0) return runSeed;
  let value = (runSeed ^ Math.imul(episode, 0x9e3779b9)) >>> 0;
  value = Math.imul(value ^ (value >>> 16), 0x21f0aaad) >>> 0;
  value = Math.imul(value ^ (value >>> 15), 0x735a2d97) >>> 0;
  return (value ^ (value >>> 15)) >>> 0;
}
