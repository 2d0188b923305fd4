/** What differs from stage to stage. One build serves all: it reads this file from its own origin. */
export interface Config {
  /** Empty: the page's own origin. */
  apiUrl: string;
  /** This frontend's id on the stage. */
  source: string;
  /** Origins of the payment page; `self` is the page's own (the sandbox). */
  gatewayOrigins: readonly string[];
  solutionId: string;
  /** Who may sign in without a password; empty on a real stage, where a buyer types id and email. */
  demoUsers: readonly DemoUser[];
  /** The local run's mails. */
  hasInbox: boolean;
}

export interface DemoUser {
  userId: string;
  email: string;
  note: string;
}

/** A page whose file is missing sells on its own origin. */
const fallback: Config = {
  apiUrl: '',
  source: 'storefront',
  gatewayOrigins: ['self'],
  solutionId: 'aws-solution-finder',
  demoUsers: [],
  hasInbox: false,
};

/** Reads `/config.json`. Never rejects: an old browser tab must still say something. */
export async function loadConfig(): Promise<Config> {
  try {
    const response = await fetch('/config.json', { cache: 'no-cache' });
    const read: Partial<Config> = await response.json();
    return response.ok ? { ...fallback, ...read } : fallback;
  } catch {
    return fallback;
  }
}
