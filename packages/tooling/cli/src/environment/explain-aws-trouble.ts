import { describeAwsFailure } from '@cloudnestle/operations/doctor/aws-failure';
import { PROGRAM } from '@cloudnestle/operations/words/program-name';
import { isConnectionTrouble } from '@cloudnestle/runtime/aws-errors';
import { describeError } from '@cloudnestle/runtime/errors';
import { CliError } from '../cli-error.ts';

/** Why a secret could not be read, in words for the person at the terminal. */
export function explainAwsTrouble(
  error: unknown,
  { secret, region }: { secret: string; region: string },
): CliError {
  return new CliError(describe(error, secret, region), { cause: error });
}

/** Why AWS did not do as asked, or undefined where the error is none of AWS's: then it is a bug, and wants its stack. */
export function explainAwsFailure(error: unknown): CliError | undefined {
  const words = describeAwsFailure(error);
  return words === undefined ? undefined : new CliError(words, { cause: error });
}

function describe(error: unknown, secret: string, region: string): string {
  const reason = describeError(error);
  if (error instanceof Error && error.name === 'ResourceNotFoundException') {
    return (
      `There is no secret ${secret} here. Is this the right account and region (${region})? ` +
      `Deploying a stage writes it, and so does \`${PROGRAM} dev\`.`
    );
  }
  if (!(error instanceof Error)) return `The secret ${secret} could not be read (${reason}).`;
  if (error.name === 'CredentialsProviderError' || error.name === 'TokenProviderError') {
    return `No AWS credentials were found. Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (${reason}).`;
  }
  if (isConnectionTrouble(error)) {
    return `Secrets Manager in ${region} does not answer (${reason}). Is the network up, and what AWS_ENDPOINT_URL names running?`;
  }
  return `Secrets Manager in ${region} does not show the secret ${secret} (${reason}).`;
}
