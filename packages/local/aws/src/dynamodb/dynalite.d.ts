/** The part of dynalite that the local cloud uses; the package ships no types. */
declare module 'dynalite' {
  import type { EventEmitter } from 'node:events';

  export type DynaliteOptions = {
    /** LevelDB directory; in memory without it. */
    readonly path?: string;
    readonly createTableMs?: number;
    readonly deleteTableMs?: number;
    readonly updateTableMs?: number;
  };

  export type DynaliteRequest = EventEmitter & {
    readonly method: string;
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
  };

  export type DynaliteResponse = {
    statusCode: number;
    setHeader(name: string, value: string | number): void;
    end(body?: string): void;
  };

  export type DynaliteServer = {
    listen(port: number, host: string, onListening: () => void): void;
    close(onClosed: (error?: Error | null) => void): void;
    emit(event: 'request', request: DynaliteRequest, response: DynaliteResponse): boolean;
  };

  export default function dynalite(options?: DynaliteOptions): DynaliteServer;
}
