import type { Failures } from '../failures.ts';
import type { App } from '../load-app.ts';
import { answerCall } from '../mocks/answer-call.ts';
import { inventOutputs } from '../mocks/invent-outputs.ts';
import type { Inputs, MockMonitor, Pulumi, RegisterRequest } from '../pulumi.ts';

export interface Recorded {
  type: string;
  name: string;
  inputs: Inputs;
  lookup: string | undefined;
}

export interface Details {
  parent: string | undefined;
  isProtected: boolean;
  isRetained: boolean;
  dependsOn: string[];
}

export interface Recorder {
  resources: Recorded[];
  detailsOf(resource: Recorded): Details | undefined;
}

/** From now on Pulumi's engine is played: it says yes to everything and everything is written down. */
export async function startRecorder(
  pulumi: Pulumi,
  monitor: MockMonitor,
  app: App,
  failures: Failures,
): Promise<Recorder> {
  const resources: Recorded[] = [];
  const details = recordDetails(monitor, failures);
  const mocks = {
    newResource: ({ type, name, inputs, id: lookup }: NewResource) => {
      if (type === 'pulumi:pulumi:Stack') return { id: name, state: inputs };
      resources.push({ type, name, inputs, lookup: lookup || undefined });
      return inventOutputs({ type, name, inputs, lookup }, app.region);
    },
    call: ({ token, inputs }: { token: string; inputs: Inputs }) => {
      const answer = answerCall(token, inputs, app.region);
      if (answer) return answer;
      // Pulumi drops the message of what is thrown here.
      failures.add(`no stand-in answers ${token}`);
      throw new Error(token);
    },
  };
  await pulumi.runtime.setMocks(mocks, app.name, app.stage, false, 'organization');
  return { resources, detailsOf: ({ type, name }) => details.get(`${type}::${name}`) };
}

interface NewResource {
  type: string;
  name: string;
  inputs: Inputs;
  id?: string;
}

/** What requests carry beyond what mocks are shown. Two of one type and name would be refused by the engine. */
function recordDetails({ prototype }: MockMonitor, failures: Failures): Map<string, Details> {
  const details = new Map<string, Details>();
  const register = prototype.registerResource;
  prototype.registerResource = function (request: RegisterRequest, callback) {
    const key = `${request.getType()}::${request.getName()}`;
    if (details.has(key)) failures.add(`two resources are called ${key}`);
    details.set(key, {
      parent: lastPart(request.getParent()) || undefined,
      isProtected: request.getProtect(),
      isRetained: request.getRetainondelete(),
      dependsOn: [...new Set(request.getDependenciesList().map(lastPart))].toSorted(),
    });
    return register.call(this, request, callback);
  };
  return details;
}

function lastPart(urn: string): string {
  return urn.split('::').at(-1) ?? '';
}
