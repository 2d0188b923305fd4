export const DEFAULT_PORT = 3000;
export const DEFAULT_AWS_PORT = 4566;

export interface DevOptions {
  port?: number;
  awsPort?: number;
  endpointUrl?: string;
  data?: string;
  retryScale: number;
  printTopology?: boolean;
}
