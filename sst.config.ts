/// <reference path="./.sst/platform/config.d.ts" />

// SST takes no import at the top: its globals must be there first.
export default $config({
  async app({ stage }) {
    const { readStage } = await import('./stacks/config/read-stage.ts');
    const { config, isProduction } = readStage(stage);
    return {
      name: 'marketplace-payments',
      home: 'aws',
      // Tables outlive production; a personal stage leaves nothing behind.
      removal: isProduction ? 'retain' : 'remove',
      protect: isProduction,
      providers: {
        aws: {
          region: config.region,
          defaultTags: { tags: { app: 'marketplace-payments', stage } },
        },
      },
    };
  },
  async run() {
    const { readStage } = await import('./stacks/config/read-stage.ts');
    const { deployStage } = await import('./stacks/deploy-stage.ts');
    return deployStage(readStage($app.stage));
  },
});
