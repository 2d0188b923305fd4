// Imports go one way: stacks, cli, dev and the simulator -> services -> packages; contracts is the ground floor; no circles.
const groundFloor = '^packages/contracts/';
/** Runs the services themselves, so it may import them; no service or library imports it. */
const top = '^packages/(dev|cli|tooling/simulation)/';
const tests = '\\.(test|bench)\\.ts$|/test/|/testing/|/bench/';

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'contracts-import-nothing-of-ours',
      severity: 'error',
      from: { path: groundFloor },
      to: { path: '^(packages|services)/', pathNot: groundFloor },
    },
    {
      name: 'no-service-imports-another',
      severity: 'error',
      from: { path: '^services/([^/]+)/' },
      to: { path: '^services/', pathNot: '^services/$1/' },
    },
    {
      name: 'libraries-import-no-service',
      severity: 'error',
      from: { path: '^packages/', pathNot: top },
      to: { path: '^services/' },
    },
    {
      name: 'nothing-imports-the-top',
      severity: 'error',
      from: { path: '^(services|packages)/', pathNot: top },
      to: { path: top },
    },
    {
      name: 'dev-imports-no-cli',
      severity: 'error',
      // What operators run is measured as well.
      from: { path: '^packages/dev/', pathNot: '/bench/' },
      to: { path: '^packages/cli/' },
    },
    {
      name: 'the-domain-knows-no-aws-and-no-gateway',
      severity: 'error',
      from: { path: '^packages/payments/src/', pathNot: tests },
      to: { path: '^packages/(phonepe|runtime|topology|local-cloud)|@aws-sdk' },
    },
    {
      name: 'the-gateway-adapter-knows-no-aws',
      severity: 'error',
      from: { path: '^packages/phonepe/' },
      to: { path: '@aws-sdk|@aws-lambda-powertools|^packages/(runtime|topology)/' },
    },
    {
      name: 'local-cloud-knows-no-payment',
      severity: 'error',
      from: { path: '^packages/local-cloud/' },
      to: { path: '^(packages|services)/', pathNot: '^packages/local-cloud/' },
    },
    {
      name: 'sst-offline-knows-no-payment',
      severity: 'error',
      from: { path: '^packages/sst-offline/' },
      to: { path: '^(packages|services|stacks)/', pathNot: '^packages/sst-offline/' },
    },
    {
      name: 'stacks-read-the-topology-only',
      severity: 'error',
      // Services are named by their files; what runs locally is none of a deployment's business.
      from: { path: '^stacks/' },
      to: { path: '^services/|^packages/(dev|cli|local-cloud|phonepe|phonepe-sandbox|runtime)/' },
    },
    {
      name: 'nothing-imports-the-stacks',
      severity: 'error',
      from: { path: '^(packages|services)/' },
      to: { path: '^stacks/' },
    },
    {
      name: 'test-kit-only-in-tests',
      severity: 'error',
      from: { path: '^(services|packages)/', pathNot: `${tests}|^packages/test-kit/` },
      to: { path: '^packages/test-kit/' },
    },
    {
      name: 'everything-resolves',
      severity: 'error',
      from: {},
      // aws-lambda is types only (@types/aws-lambda).
      to: { couldNotResolve: true, pathNot: '^aws-lambda$' },
    },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.mjs', '.js'],
    },
  },
};
