import pc from 'picocolors';

export type Colors = ReturnType<typeof pc.createColors>;

export const noColors: Colors = pc.createColors(false);

/** Colours for standard output: none where NO_COLOR is set or nobody watches, unless FORCE_COLOR asks for them. */
export function stdoutColors(): Colors {
  const isWatched = process.stdout.isTTY === true || Boolean(process.env.FORCE_COLOR);
  return pc.createColors(isWatched && pc.isColorSupported);
}
