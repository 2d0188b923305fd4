import { LocalRunStartError } from './start-error.ts';

export interface PortChoice {
  /** 0: any free one. */
  port: number;
  /** Nobody asked for this very port: where it is taken, the next free one above it will do. */
  isDefault: boolean;
  /** The flag that sets it, for the error's text. */
  flag: string;
}

const TRIES = 100;

/**
 * Starts something on a port and moves on to the next one where that is allowed.
 *
 * Throws `LocalRunStartError`: PORT_TAKEN where the port asked for is in use, PORT_REFUSED where the system refuses it.
 */
export async function startOnPort<Started>(
  { port, isDefault, flag }: PortChoice,
  start: (port: number) => Promise<Started>,
): Promise<Started> {
  const last = isDefault && port !== 0 ? Math.min(port + TRIES - 1, 65_535) : port;
  for (let candidate = port; ; candidate += 1) {
    try {
      return await start(candidate);
    } catch (error) {
      const code = codeOf(error);
      if (code === 'EADDRINUSE' && candidate < last) continue;
      if (code === 'EADDRINUSE') throw taken(port, last, flag, error);
      if (code !== 'EACCES') throw error;
      const message = `Port ${candidate} may not be used by this account. Choose another one with ${flag}.`;
      throw new LocalRunStartError('PORT_REFUSED', message, { cause: error });
    }
  }
}

function taken(port: number, last: number, flag: string, cause: unknown): LocalRunStartError {
  const which = port === last ? `Port ${port} is` : `Ports ${port} to ${last} are`;
  const message = `${which} already in use. Choose another one with ${flag}, or stop what uses it.`;
  return new LocalRunStartError('PORT_TAKEN', message, { cause });
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
