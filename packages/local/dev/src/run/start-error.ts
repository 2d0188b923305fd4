/** Why a local run did not start. */
export type StartErrorCode =
  /** A port that was asked for is in use. */
  | 'PORT_TAKEN'
  /** The system does not give this port away. */
  | 'PORT_REFUSED'
  /** Another process uses the data directory. */
  | 'DATA_DIR_IN_USE'
  /** The data directory cannot be made or written. */
  | 'DATA_DIR_UNUSABLE'
  /** Nothing answers at the endpoint that was given. */
  | 'ENDPOINT_UNREACHABLE'
  /** This process has a run already: SDK clients find their endpoint in the process's environment, which is one. */
  | 'ALREADY_RUNNING';

/** A run that did not start; its message is for the person at the terminal. Nothing is left behind. */
export class LocalRunStartError extends Error {
  override readonly name = 'LocalRunStartError';
  readonly code: StartErrorCode;

  constructor(code: StartErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
