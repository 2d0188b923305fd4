/**
 * Lets the SDK read AWS_DEFAULT_REGION, as the AWS CLI does, where it would find no region: without AWS_REGION, and without
 * one of the profile's. Before the first client is made.
 */
export async function acceptDefaultRegion(environment: NodeJS.ProcessEnv): Promise<void> {
  const { AWS_REGION, AWS_DEFAULT_REGION, AWS_PROFILE } = environment;
  if (AWS_REGION || !AWS_DEFAULT_REGION) return;
  // The SDK's own reader of profiles; hardly any terminal needs it.
  const { loadSharedConfigFiles } = await import('@smithy/core/config');
  const { configFile, credentialsFile } = await loadSharedConfigFiles();
  const profile = AWS_PROFILE || 'default';
  const ofProfile = credentialsFile[profile]?.region ?? configFile[profile]?.region;
  if (!ofProfile) environment.AWS_REGION = AWS_DEFAULT_REGION;
}
