/** An error that a service answers to its caller, by the name AWS gives it. */
export class AwsError extends Error {
  readonly errorType: string;
  readonly status: number;

  constructor(errorType: string, message: string, status = 400) {
    super(message);
    this.name = 'AwsError';
    this.errorType = errorType;
    this.status = status;
  }
}
