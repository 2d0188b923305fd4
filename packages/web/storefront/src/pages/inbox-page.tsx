import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { Link, useAddress } from '../app/router.tsx';
import { addressOf, formatTime, type Mail, readMails } from '../inbox/mails.ts';

const READ_AGAIN_MS = 5000;

/** The mails that the local run has sent: a list, and the one that the address names. */
export function InboxPage(): ReactNode {
  const [mails, setMails] = useState<readonly Mail[]>();
  const [isUnreadable, setUnreadable] = useState(false);
  const id = useAddress().searchParams.get('mail');
  const read = useCallback(async () => {
    if (document.visibilityState === 'hidden') return;
    const found = await readMails();
    setUnreadable(found === undefined);
    if (found) setMails(found);
  }, []);
  useEffect(() => {
    void read();
    const timer = setInterval(() => void read(), READ_AGAIN_MS);
    return () => clearInterval(timer);
  }, [read]);
  const open = mails?.find(({ messageId }) => messageId === id);
  return (
    <section className="inbox" data-open={open !== undefined} aria-labelledby="inbox-title">
      <div className="mail-list">
        <h1 id="inbox-title">Inbox</h1>
        {isUnreadable && (
          <p className="notice" data-tone="bad" role="alert">
            The mails cannot be read right now.
          </p>
        )}
        {mails?.length === 0 && (
          <p className="soft">No mails yet. Buy something: each step sends one.</p>
        )}
        <ul>
          {mails?.map((mail) => (
            <li key={mail.messageId}>
              <Link
                href={`/inbox?mail=${encodeURIComponent(mail.messageId)}`}
                aria-current={mail === open ? 'true' : undefined}
              >
                <span className="mail-to">{mail.destination.to.join(', ')}</span>
                <strong>{mail.subject}</strong>
                <small>
                  {formatTime(mail.at)}
                  {mail.attachments?.length ? ' · with attachment' : ''}
                </small>
              </Link>
            </li>
          ))}
        </ul>
      </div>
      <div className="mail-open">
        {open ? (
          <OpenMail key={open.messageId} mail={open} />
        ) : (
          <p className="soft center">Choose a mail to read it.</p>
        )}
      </div>
    </section>
  );
}

function OpenMail({ mail }: { mail: Mail }): ReactNode {
  const [isText, setText] = useState(mail.body.html === undefined);
  const [height, setHeight] = useState<number>();
  return (
    <article>
      <Link className="back" href="/inbox">
        ← All mails
      </Link>
      <h2>{mail.subject}</h2>
      <dl className="facts">
        <div>
          <dt>From</dt>
          <dd>{mail.from}</dd>
        </div>
        <div>
          <dt>To</dt>
          <dd>{mail.destination.to.join(', ')}</dd>
        </div>
        <div>
          <dt>Sent</dt>
          <dd>{formatTime(mail.at)}</dd>
        </div>
      </dl>
      <Attachments mail={mail} />
      {mail.body.html !== undefined && mail.body.text !== undefined && (
        <fieldset className="switch">
          <legend className="hidden">How to show it</legend>
          {[false, true].map((each) => (
            <label key={String(each)}>
              <input
                type="radio"
                name="mail-kind"
                checked={isText === each}
                onChange={() => setText(each)}
              />
              <span>{each ? 'Text' : 'HTML'}</span>
            </label>
          ))}
        </fieldset>
      )}
      {isText ? (
        <pre className="mail-text">{mail.body.text}</pre>
      ) : (
        // No script runs in it; its links open in a new tab. Same origin, so that it can be as high as it needs.
        <iframe
          title={mail.subject}
          src={addressOf(mail)}
          sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
          height={height}
          onLoad={({ currentTarget }) =>
            setHeight(currentTarget.contentDocument?.documentElement.scrollHeight)
          }
        />
      )}
    </article>
  );
}

function Attachments({ mail }: { mail: Mail }): ReactNode {
  const { attachments = [] } = mail;
  if (attachments.length === 0) return null;
  return (
    <ul className="attachments">
      {attachments.map(({ filename = 'attachment' }, index) => (
        <li key={filename}>
          <a className="button quiet small" href={`${addressOf(mail)}/attachments/${index}`}>
            {filename}
          </a>
        </li>
      ))}
    </ul>
  );
}
