import type { DemoAccount } from '../../storefront-options.ts';

/** What one call of `POST /api/validate-solution-token` brought. */
export type Answer =
  | { kind: 'answered'; status: number; body: unknown }
  /** No answer, or none that can be read. */
  | { kind: 'unreachable' };

/** `count`: what the page says of the searches left; where it is missing, the page keeps what it said. */
export type View =
  | { kind: 'signedOut' | 'waiting' | 'ready'; count: string }
  | { kind: 'noToken'; count: string; words: string }
  | { kind: 'allowed'; count: string }
  | {
      kind: 'exhausted';
      count: string;
      words: string;
      /** When searches come back, in the reader's own time. */
      resets: string;
      /** Undefined where nothing on sale has more. */
      offer: { words: string; label: string } | undefined;
    }
  | { kind: 'refused'; count: string; words: string }
  | { kind: 'unavailable'; words: string };

/** What to show before anything was asked. No account although somebody is signed in: it is being read. */
export function viewBefore(account: DemoAccount | undefined, isSignedIn: boolean): View;

/**
 * What to show for an answer. Only a 200 that says so lets anybody search; whatever is not understood is something to try
 * again. `timeZone`: default the browser's.
 */
export function viewAfter(answer: Answer, timeZone?: string): View;
