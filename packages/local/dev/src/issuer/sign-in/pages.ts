import { html } from 'hono/html';
import type { DemoOperator } from './operators.ts';
import type { Authorization } from './read-authorization.ts';

/** Where an operator of the demo is chosen; what the client has asked for travels on in the form's address. */
export function showSignIn(asked: Authorization, operators: readonly DemoOperator[], path: string) {
  const action = `${path}/oauth2/authorize?${new URLSearchParams(JSON.parse(JSON.stringify(asked)))}`;
  return layout(
    path,
    html`<h1>Sign in</h1>
      <p>Operators of this local run. They have no password, and their tokens are worth nothing elsewhere.</p>
      <form method="post" action="${action}">
        ${operators.map(
          ({ username, note }) =>
            html`<button name="operator" value="${username}">
              <strong>${username}@example.com</strong><span>${note}</span>
            </button>`,
        )}
      </form>`,
  );
}

/** Why nothing is sent anywhere. */
export function showRefusal(why: string) {
  return html`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Refused</title></head><body><h1>Refused</h1><p>${why}</p></body></html>`;
}

function layout(path: string, content: ReturnType<typeof html>) {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <title>Sign in · CloudNestle payments</title>
        <link rel="stylesheet" href="${path}/sign-in.css">
      </head>
      <body>
        <main>${content}</main>
      </body>
    </html>`;
}

export const styles = `:root{color-scheme:light dark;font:15px/1.5 system-ui,sans-serif}
body{margin:0;min-height:100dvh;display:grid;place-items:center;background:light-dark(oklch(97% .005 260),oklch(17% .01 260));color:light-dark(oklch(25% .02 260),oklch(93% .01 260))}
main{width:min(26rem,100vw - 2rem);box-sizing:border-box;padding:2rem;border-radius:12px;background:light-dark(#fff,oklch(21% .012 260));border:1px solid light-dark(oklch(90% .01 260),oklch(30% .015 260))}
h1{margin:0 0 .5rem;font-size:1.375rem}
p{margin:0 0 1.25rem;color:light-dark(oklch(45% .02 260),oklch(75% .015 260))}
form{display:grid;gap:.625rem}
button{display:grid;gap:.125rem;padding:.75rem 1rem;border-radius:8px;border:1px solid light-dark(oklch(86% .01 260),oklch(36% .02 260));background:none;color:inherit;font:inherit;text-align:start;cursor:pointer}
button:hover{border-color:light-dark(oklch(50% .19 265),oklch(72% .13 265))}
button:focus-visible{outline:2px solid light-dark(oklch(50% .19 265),oklch(72% .13 265));outline-offset:2px}
span{color:light-dark(oklch(45% .02 260),oklch(75% .015 260))}
`;
