/** A user pool of Cognito's with its app clients and users, and nothing to change them by. */
export interface UserPool {
  /** Such as `us-east-1_Admins`. */
  readonly id: string;
  readonly clients: readonly UserPoolClient[];
  readonly users: readonly PoolUser[];
  /** Makes the tokens of who has signed in. */
  issue(user: PoolUser, clientId: string): Promise<PoolTokens>;
}

export interface UserPoolClient {
  readonly id: string;
  /** Its ExplicitAuthFlows, `ALLOW_ADMIN_USER_PASSWORD_AUTH`. */
  readonly explicitAuthFlows: readonly string[];
}

/** Who may sign in; each has one address and one name in the pool. */
export interface PoolUser {
  readonly username: string;
  readonly email: string;
  readonly password: string;
  readonly groups: readonly string[];
  /** The password is an administrator's, and only good for setting another. */
  readonly hasTemporaryPassword?: boolean;
  /** What the app on the user's phone shows; absent where none was set up. Here it never changes. */
  readonly softwareTokenCode?: string;
}

export interface PoolTokens {
  readonly idToken: string;
  readonly accessToken: string;
  readonly expiresInSeconds: number;
}
