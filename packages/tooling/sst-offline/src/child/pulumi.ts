import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Paths } from '../platform/paths.ts';

/** What is used of `@pulumi/pulumi`. It comes from the platform, untyped here: the config must run on the same copy. */
export interface Pulumi {
  asset: { Asset: Kind; Archive: Kind };
  Resource: Class<{ __name: string }>;
  runtime: {
    setMocks(
      mocks: Mocks,
      project: string,
      stack: string,
      preview: boolean,
      organization: string,
    ): Promise<void>;
    runInPulumiStack(program: () => Promise<unknown>): Promise<Record<string, unknown>>;
  };
}

interface Kind {
  isInstance(value: unknown): boolean;
}

interface Class<Instance> {
  isInstance(value: unknown): value is Instance;
}

export interface Mocks {
  newResource(resource: MockResource): { id: string; state: Inputs };
  call(call: { token: string; inputs: Inputs }): Inputs;
}

export type Inputs = Record<string, unknown>;

export interface MockResource {
  type: string;
  name: string;
  inputs: Inputs;
  /** Set where something is looked up instead of created. */
  id?: string;
}

/** A request to Pulumi's engine, as far as mocks do not show it. */
export interface RegisterRequest {
  getType(): string;
  getName(): string;
  getParent(): string;
  getProtect(): boolean;
  getRetainondelete(): boolean;
  getDependenciesList(): string[];
}

export interface MockMonitor {
  prototype: {
    registerResource(this: unknown, request: RegisterRequest, callback: unknown): unknown;
  };
}

export function loadPulumi(paths: Paths): Pulumi {
  return createRequire(join(paths.platform, 'package.json'))('@pulumi/pulumi');
}

export function loadMockMonitor(paths: Paths): MockMonitor {
  const mocks: { MockMonitor: MockMonitor } = createRequire(join(paths.platform, 'package.json'))(
    '@pulumi/pulumi/runtime/mocks',
  );
  return mocks.MockMonitor;
}
