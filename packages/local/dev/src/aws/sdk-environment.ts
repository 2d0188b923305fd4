import { LocalRunStartError } from '../run/start-error.ts';

export interface AwsAddress {
  endpoint: string;
  region: string;
  /** Credentials of the environment are replaced too: nothing of the developer's own account may reach a local cloud. */
  replacesCredentials: boolean;
}

let isTaken = false;

/**
 * Points every SDK client of this process at one endpoint, through the SDK's own environment (design, rule 11), and
 * returns the way to let another run do the same. Whatever could lead a client elsewhere is taken out: endpoints of
 * single services, the switch that ignores endpoints, and for a local cloud the profile.
 *
 * Nothing is put back afterwards: a function that outlives its run must not find its way to a real account.
 *
 * Throws `LocalRunStartError` ALREADY_RUNNING: clients look there when they are first used, so two runs would mix.
 */
export function pointSdkAt(address: AwsAddress, environment = process.env): () => void {
  if (isTaken) {
    throw new LocalRunStartError('ALREADY_RUNNING', 'A local run is active in this process.');
  }
  isTaken = true;
  for (const [name, value] of Object.entries(decideChanges(address, environment))) {
    if (value === undefined) delete environment[name];
    else environment[name] = value;
  }
  return () => {
    isTaken = false;
  };
}

type Variables = Record<string, string | undefined>;

function decideChanges(address: AwsAddress, environment: NodeJS.ProcessEnv): Variables {
  const { endpoint, region, replacesCredentials } = address;
  const misleading = Object.keys(environment).filter(
    (name) =>
      name.startsWith('AWS_ENDPOINT_URL_') || name === 'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS',
  );
  return {
    ...Object.fromEntries(misleading.map((name) => [name, undefined])),
    AWS_ENDPOINT_URL: endpoint,
    ...(replacesCredentials
      ? {
          AWS_REGION: region,
          ...localCredentials,
          AWS_PROFILE: undefined,
          AWS_SESSION_TOKEN: undefined,
        }
      : { AWS_REGION: environment.AWS_REGION ?? region, ...missingCredentials(environment) }),
  };
}

const localCredentials = { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };

function missingCredentials(environment: NodeJS.ProcessEnv): Variables {
  return environment.AWS_ACCESS_KEY_ID || environment.AWS_PROFILE ? {} : localCredentials;
}
