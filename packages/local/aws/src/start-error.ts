/** Why a local cloud did not start. */
export class LocalCloudStartError extends Error {
  /** `EADDRINUSE`: the port is taken. `DATA_DIR_IN_USE`: another process uses the directory. `DATA_DIR_UNUSABLE`: it cannot be made or written. */
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'LocalCloudStartError';
    this.code = code;
  }
}
