/** The pages' one style sheet: phone first, two columns from 60rem, light and dark. */
export const styles = `
:root {
  color-scheme: light dark;
  --page: #f4f3f8; --card: #fff; --line: #dedbe8; --text: #1d1a26; --soft: #645f73;
  --accent: #5b2bb0; --accent-text: #fff; --tint: #f1ebfc;
  --good: #157a4a; --bad: #b3261e; --ribbon: #ffd873; --ribbon-text: #3a2a00;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #131118; --card: #1d1a25; --line: #37323f; --text: #f1eef7; --soft: #aaa4b8;
    --accent: #b795ff; --accent-text: #1f0f42; --tint: #2a2239;
    --good: #5fd79b; --bad: #ff8a80; --ribbon: #4d3b08; --ribbon-text: #ffe39a;
  }
}
* { box-sizing: border-box; margin: 0; }
body { background: var(--page); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
.ribbon {
  display: flex; flex-wrap: wrap; justify-content: center; align-items: center; gap: .25rem .75rem;
  padding: .5rem 1rem; background: var(--ribbon); color: var(--ribbon-text);
  font-size: .875rem; text-align: center;
}
.ribbon strong { text-transform: uppercase; letter-spacing: .08em; }
main { display: grid; gap: 1rem; width: 100%; max-width: 28rem; margin: 0 auto; padding: 1rem; }
.stack { display: grid; gap: 1rem; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 1rem; padding: 1.25rem; }
.merchant { color: var(--soft); font-weight: 600; }
.amount { font-size: 2.5rem; line-height: 1.2; letter-spacing: -.02em; font-variant-numeric: tabular-nums; }
.message { margin-top: .25rem; }
.facts { margin-top: 1rem; border-top: 1px solid var(--line); padding-top: .75rem; display: grid; gap: .5rem; }
.facts div { display: flex; justify-content: space-between; gap: 1rem; font-size: .875rem; }
.facts dt { color: var(--soft); flex: none; }
.facts dd { text-align: right; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
.facts .id { font-family: ui-monospace, monospace; font-size: .8125rem; }
.urgent { color: var(--bad); font-weight: 600; }
fieldset { border: 0; padding: 0; display: grid; gap: .5rem; margin-bottom: 1rem; }
legend, h2 { font-size: 1rem; font-weight: 600; padding: 0; margin-bottom: .5rem; }
.choice {
  display: flex; align-items: center; gap: .75rem; padding: .75rem; min-height: 3.5rem;
  border: 1px solid var(--line); border-radius: .75rem; cursor: pointer;
}
.choice:has(:checked) { border-color: var(--accent); background: var(--tint); }
.choice input { accent-color: var(--accent); width: 1.125rem; height: 1.125rem; margin: 0; flex: none; }
.choice svg { color: var(--accent); flex: none; }
strong, small { display: block; }
small, .hint { color: var(--soft); font-size: .8125rem; line-height: 1.4; }
.hint { margin: -.5rem 0 .75rem; }
button, .button { font: inherit; color: inherit; cursor: pointer; }
.button {
  display: block; width: 100%; min-height: 3rem; padding: .75rem 1rem; border: 0; border-radius: .75rem;
  font-weight: 600; text-align: center; text-decoration: none;
}
.primary { background: var(--accent); color: var(--accent-text); }
.primary:hover { filter: brightness(1.1); }
.quiet { background: none; color: var(--soft); font-weight: 500; margin: .25rem 0 -.5rem; }
.quiet:hover, .ending:hover { color: var(--accent); }
.endings { display: grid; gap: .5rem; }
.ending {
  text-align: left; padding: .625rem .75rem; min-height: 3rem;
  background: none; border: 1px solid var(--line); border-radius: .75rem;
}
.ending:hover { border-color: var(--accent); }
.ending strong { font-weight: 600; }
:focus-visible, .choice:focus-within { outline: 2px solid var(--accent); outline-offset: 2px; }
.choice input:focus-visible { outline: none; }
.result { text-align: center; padding: 2rem 1.25rem 1.25rem; }
.result h1 { font-size: 1.375rem; line-height: 1.3; margin-bottom: .25rem; }
.result p { color: var(--soft); }
.result .facts { text-align: left; margin: 1.25rem 0; }
.mark {
  display: grid; place-items: center; width: 3.5rem; height: 3.5rem; margin: 0 auto 1rem;
  border-radius: 50%; border: 2px solid currentColor; font-size: 1.5rem; line-height: 1;
}
.good { color: var(--good); } .bad { color: var(--bad); } .neutral { color: var(--soft); }
@media (min-width: 60rem) {
  main { padding-top: 3rem; }
  .split { max-width: 58rem; grid-template-columns: 20rem 1fr; align-items: start; gap: 1.5rem; }
  .summary { position: sticky; top: 1.5rem; }
  .endings { grid-template-columns: 1fr 1fr; }
  .ending:last-child:nth-child(odd) { grid-column: 1 / -1; }
}
`;
