// The floors of docs/architecture.md: imports go down only, contracts is the ground floor, and there are no circles.
const groundFloor = '^packages/core/contracts/';
const tests = '\\.test\\.tsx?$|/test/|/testing/';
const ships = '^(services|packages/(core|gateways))/';

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
      // What the command line shares with a function lives in packages/core/operations.
      name: 'libraries-and-the-command-line-import-no-service',
      severity: 'error',
      from: {
        path: '^packages/',
        pathNot: '^packages/(local/dev|tooling/(bench|simulation))/',
      },
      to: { path: '^services/' },
    },
    {
      name: 'what-ships-imports-nothing-of-this-machine',
      severity: 'error',
      from: { path: ships, pathNot: tests },
      to: { path: '^packages/(local|tooling)/' },
    },
    {
      name: 'nothing-imports-the-top',
      severity: 'error',
      from: {
        path: '^packages/',
        // Pages are tried in a browser against the whole run.
        pathNot: '^packages/(local/dev|tooling/(bench|cli|simulation)|web/[^/]+/test)/',
      },
      to: { path: '^packages/(local/dev|tooling/(bench|cli|simulation))/' },
    },
    {
      name: 'dev-imports-no-cli',
      severity: 'error',
      from: { path: '^packages/local/dev/' },
      to: { path: '^packages/tooling/(bench|cli|simulation)/' },
    },
    {
      // A browser gets no zod and no schema: of the contracts the compiler alone sees something.
      name: 'pages-import-types-of-the-contracts-alone',
      severity: 'error',
      from: { path: '^packages/web/', pathNot: tests },
      to: { path: `^(packages|services|stacks)/(?!web/)`, pathNot: groundFloor },
    },
    {
      name: 'pages-carry-no-contract',
      severity: 'error',
      from: { path: '^packages/web/', pathNot: tests },
      to: { path: groundFloor, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'what-is-no-page-imports-none',
      severity: 'error',
      from: { path: '^(packages|services|stacks)/(?!web/)' },
      to: { path: '^packages/web/' },
    },
    {
      name: 'the-domain-knows-no-aws-and-no-gateway',
      severity: 'error',
      from: { path: '^packages/core/payments/src/', pathNot: tests },
      to: { path: '^packages/(gateways|local|core/(runtime|topology|operations))/|@aws-sdk' },
    },
    {
      name: 'core-knows-no-gateway',
      severity: 'error',
      from: { path: '^packages/core/(?!operations/)', pathNot: tests },
      to: { path: '^packages/gateways/' },
    },
    {
      name: 'only-the-registry-names-an-adapter',
      severity: 'error',
      from: { path: '^(services|packages/core/operations)/', pathNot: tests },
      to: { path: '^packages/gateways/(?!registry/)' },
    },
    {
      name: 'no-adapter-imports-another',
      severity: 'error',
      from: { path: '^packages/gateways/([^/]+)/', pathNot: '^packages/gateways/registry/' },
      to: { path: '^packages/gateways/', pathNot: '^packages/gateways/$1/' },
    },
    {
      name: 'the-gateways-know-no-aws',
      severity: 'error',
      from: { path: '^packages/gateways/' },
      to: { path: '@aws-sdk|@aws-lambda-powertools|^packages/core/(runtime|topology|operations)/' },
    },
    {
      name: 'the-local-aws-knows-no-payment',
      severity: 'error',
      from: { path: '^packages/local/aws/' },
      to: { path: '^(packages|services)/', pathNot: '^packages/local/aws/' },
    },
    {
      name: 'sst-offline-knows-no-payment',
      severity: 'error',
      from: { path: '^packages/tooling/sst-offline/' },
      to: { path: '^(packages|services|stacks)/', pathNot: '^packages/tooling/sst-offline/' },
    },
    {
      name: 'stacks-read-the-topology-only',
      severity: 'error',
      // Services are named by their files; what runs locally is none of a deployment's business.
      from: { path: '^stacks/' },
      to: {
        path: '^services/|^packages/(local|gateways|core/(runtime|operations)|tooling/(bench|cli|simulation))/',
      },
    },
    {
      name: 'nothing-imports-the-stacks',
      severity: 'error',
      from: { path: '^(packages|services)/' },
      to: { path: '^stacks/' },
    },
    {
      name: 'test-helpers-only-in-tests',
      severity: 'error',
      from: {
        path: '^(services|packages|stacks)/',
        pathNot: `${tests}|^packages/tooling/(test-kit|bench)/`,
      },
      to: { path: '^packages/tooling/test-kit/|^(services|packages|stacks)/.*/testing/' },
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
    exclude: { path: 'node_modules|/dist/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js'],
    },
  },
};
