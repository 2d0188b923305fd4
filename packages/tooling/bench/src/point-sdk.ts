/** Points this process's SDK environment at a benchmark's cloud. */
export function pointSdkAt(cloud: { awsEndpoint: string; awsRegion: string }): void {
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: cloud.awsEndpoint,
    AWS_REGION: cloud.awsRegion,
    AWS_ACCESS_KEY_ID: 'bench',
    AWS_SECRET_ACCESS_KEY: 'bench',
  });
}
