import type { MeResponse } from '@cloudnestle/contracts/admin/me';
import type { AdminRouteKey } from '@cloudnestle/contracts/admin/routes';
import { createContext, type ReactNode, useContext } from 'react';
import type { Api } from '../api/client.ts';
import type { Session } from '../session/session.ts';
import type { Config } from './config.ts';

/** What every screen stands on. */
export interface Console {
  config: Config;
  api: Api;
  session: Session;
  me: MeResponse;
}

const ConsoleContext = createContext<Console | undefined>(undefined);

export function ConsoleProvider(props: { value: Console; children: ReactNode }): ReactNode {
  return <ConsoleContext.Provider value={props.value}>{props.children}</ConsoleContext.Provider>;
}

export function useConsole(): Console {
  const console = useContext(ConsoleContext);
  if (!console) throw new Error('there is no console above this component');
  return console;
}

/** Why the operator may not do this; undefined where the server has said that they may. The server decides again in any case. */
export function useObstacle(key: AdminRouteKey): string | undefined {
  const { me } = useConsole();
  if (me.can.includes(key)) return undefined;
  return me.role === 'look'
    ? 'You are in the group “look”, which changes nothing. Ask a colleague in “repair”.'
    : 'The server does not offer this to you.';
}
