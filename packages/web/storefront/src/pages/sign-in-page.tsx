import { type FormEvent, type ReactNode, useState } from 'react';
import { goTo } from '../app/router.tsx';
import { useSession } from '../app/session.tsx';

/** Demo users are picked; on a stage without them the buyer types what the marketplace knows them by. */
export function SignInPage({ then }: { then: string }): ReactNode {
  const { config, signIn } = useSession();
  const enter = (userId: string, userEmail: string) => {
    signIn({ userId, userEmail });
    // Only a path of this shop: an address from outside may say anything.
    goTo(/^\/(?![/\\])/.test(then) ? then : '/');
  };
  return (
    <section className="card narrow">
      <h1>Sign in</h1>
      {config.demoUsers.length > 0 ? (
        <>
          <p className="soft">Pick a demo user. There is no password.</p>
          <ul className="choices">
            {config.demoUsers.map(({ userId, email, note }) => (
              <li key={userId}>
                <button type="button" className="choice" onClick={() => enter(userId, email)}>
                  <span className="avatar" aria-hidden="true">
                    {email.charAt(0).toUpperCase()}
                  </span>
                  <span>
                    <strong>{email}</strong>
                    <small>{note}</small>
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </>
      ) : (
        <IdForm onEnter={enter} />
      )}
    </section>
  );
}

function IdForm({ onEnter }: { onEnter(userId: string, email: string): void }): ReactNode {
  const [userId, setUserId] = useState('');
  const [email, setEmail] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onEnter(userId.trim(), email.trim());
  };
  return (
    <form className="stack" onSubmit={submit}>
      <label className="field">
        User id
        <input
          required
          pattern="[A-Za-z0-9_\-]{1,42}"
          title="1 to 42 letters, digits, _ or -"
          autoComplete="username"
          value={userId}
          onChange={(event) => setUserId(event.target.value)}
        />
      </label>
      <label className="field">
        Email
        <input
          required
          type="email"
          autoComplete="email"
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
      </label>
      <button type="submit" className="button">
        Continue
      </button>
    </form>
  );
}
