import { searchStyles } from './search-styles.ts';

/** The pages' one style sheet: phone first, columns from 56rem, light and dark. No `<` may appear in it. */
export const styles = `
:root {
  color-scheme: light dark;
  --page: #f5f7f9; --card: #fff; --line: #d9e0e7; --text: #17212b; --soft: #586675; --control: #7c8a98;
  --accent: #0a6172; --accent-text: #fff; --tint: #e2f2f4;
  --good: #146c43; --good-tint: #e3f4ea; --bad: #a8261d; --bad-tint: #fcebea;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0f151a; --card: #182027; --line: #2e3a44; --text: #eaf0f4; --soft: #9dacb9; --control: #6d7d8a;
    --accent: #5fcadb; --accent-text: #06272e; --tint: #16323a;
    --good: #6fd69c; --good-tint: #14321f; --bad: #ff9a90; --bad-tint: #3c1b18;
  }
}
* { box-sizing: border-box; margin: 0; }
[hidden] { display: none !important; }
body { background: var(--page); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
a { color: var(--accent); }
h1, h2, h3 { line-height: 1.25; text-wrap: balance; }
h2 { font-size: 1.25rem; }
h3 { font-size: .875rem; color: var(--soft); font-weight: 600; margin: 1rem 0 .25rem; }
small, .soft { color: var(--soft); font-size: .875rem; }
ul { list-style: none; padding: 0; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
[tabindex="-1"]:focus { outline: none; }
.bar {
  display: flex; flex-wrap: wrap; align-items: center; gap: .25rem 1.25rem; padding: .625rem 1rem;
  background: var(--card); border-bottom: 1px solid var(--line);
}
.brand { display: flex; align-items: center; gap: .5rem; color: var(--text); font-weight: 700; text-decoration: none; }
.brand svg { color: var(--accent); flex: none; }
.bar nav { display: flex; gap: 1.25rem; margin-left: auto; }
.bar nav a { text-decoration: none; font-weight: 500; padding: .5rem 0; }
.bar nav a:hover { text-decoration: underline; }
.chip { display: flex; align-items: center; gap: .5rem; font-size: .875rem; min-width: 0; }
.chip span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.badge {
  padding: .0625rem .625rem; border-radius: 1rem; border: 1px solid var(--line);
  font-size: .8125rem; font-weight: 600; background: var(--page);
}
.badge[data-tier="pro"] { background: var(--accent); border-color: var(--accent); color: var(--accent-text); }
main { width: 100%; max-width: 68rem; margin: 0 auto; padding: 1.25rem 1rem 3rem; }
.hero { margin-bottom: 1.25rem; }
.hero h1 { font-size: 1.75rem; letter-spacing: -.02em; }
.hero p { color: var(--soft); font-size: 1.0625rem; text-wrap: balance; }
.shop, .plans { display: grid; gap: 1rem; align-items: start; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 1rem; padding: 1.25rem; min-width: 0; }
.users { display: grid; gap: .5rem; margin-top: .75rem; }
button { font: inherit; color: inherit; cursor: pointer; }
.user {
  width: 100%; min-height: 3rem; padding: .5rem .875rem; text-align: left;
  background: none; border: 1px solid var(--line); border-radius: .75rem;
}
.user:hover { border-color: var(--accent); background: var(--tint); }
.user strong, .user small { display: block; overflow-wrap: anywhere; }
.user strong { font-weight: 600; }
.email { color: var(--soft); overflow-wrap: anywhere; margin-bottom: .75rem; }
.row { display: flex; justify-content: space-between; align-items: center; gap: 1rem; padding: .25rem 0; }
progress {
  appearance: none; display: block; width: 100%; height: .5rem; margin-top: .25rem;
  border: 0; border-radius: .25rem; overflow: hidden; background: var(--line);
}
progress::-webkit-progress-bar { background: var(--line); }
progress::-webkit-progress-value { background: var(--accent); }
progress::-moz-progress-bar { background: var(--accent); }
.records { font-size: .9375rem; }
.links { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin-top: 1rem; font-size: .9375rem; }
.links > * { padding: .375rem 0; }
.link { background: none; border: 0; color: var(--accent); text-decoration: underline; }
.plan { position: relative; height: 100%; display: flex; flex-direction: column; }
.plan.is-current { border-color: var(--accent); }
.current {
  position: absolute; top: 1.25rem; right: 1.25rem; padding: .0625rem .625rem; border-radius: 1rem;
  background: var(--tint); color: var(--accent); font-size: .8125rem; font-weight: 600;
}
.price { font-size: 2rem; font-weight: 700; line-height: 1.25; letter-spacing: -.02em; margin-top: .25rem; }
.terms { margin-bottom: .75rem; }
.features { display: grid; gap: .25rem; }
.features li { padding-left: 1.5rem; position: relative; }
.features li::before { content: "✓" / ""; position: absolute; left: 0; color: var(--accent); font-weight: 700; }
.buy { margin-top: auto; padding-top: 1rem; }
.button {
  display: inline-block; width: 100%; min-height: 3rem; padding: .6875rem 1.25rem; border: 0; border-radius: .75rem;
  background: var(--accent); color: var(--accent-text); font-weight: 600; text-align: center; text-decoration: none;
}
.button:hover { filter: brightness(1.1); }
.button:disabled { opacity: .55; cursor: not-allowed; filter: none; }
.button.busy { cursor: progress; }
.buy .soft { margin-top: .5rem; text-align: center; }
.notice:empty { display: none; }
.notice { margin-top: .75rem; padding: .625rem .875rem; border-radius: .75rem; background: var(--tint); font-size: .9375rem; }
.notice.good { background: var(--good-tint); color: var(--good); }
.notice.bad { background: var(--bad-tint); color: var(--bad); }
.notice a { color: inherit; white-space: nowrap; }
.result { max-width: 32rem; margin: 0 auto; text-align: center; padding: 2rem 1.25rem 1.25rem; }
.result h1 { font-size: 1.5rem; margin-bottom: .375rem; }
.result p { text-wrap: balance; }
.mark {
  display: grid; place-items: center; width: 4rem; height: 4rem; margin: 0 auto 1rem; border-radius: 50%;
  border: 3px solid var(--line); font-size: 1.75rem; font-weight: 700; color: var(--soft);
}
.mark::before { content: "?"; }
[data-kind="checking"] .mark, .waiting .mark { border-top-color: var(--accent); animation: turn 1s linear infinite; }
[data-kind="checking"] .mark::before, .waiting .mark::before { content: none; }
[data-kind="pending"]:not(.waiting) .mark::before, [data-kind="activating"]:not(.waiting) .mark::before { content: "…"; }
[data-kind="granted"] .mark { background: var(--good-tint); border-color: var(--good); color: var(--good); }
[data-kind="granted"] .mark::before { content: "✓"; }
[data-kind="failed"] .mark { background: var(--bad-tint); border-color: var(--bad); color: var(--bad); }
[data-kind="failed"] .mark::before { content: "!"; }
.result .actions { margin-top: 1rem; }
.facts { margin-top: 1.25rem; padding-top: .75rem; border-top: 1px solid var(--line); display: grid; gap: .375rem; font-size: .9375rem; }
.facts div { display: flex; justify-content: space-between; gap: 1rem; text-align: left; }
.facts dt { color: var(--soft); flex: none; }
.facts dd { text-align: right; overflow-wrap: anywhere; }
.facts .id { font-family: ui-monospace, monospace; font-size: .8125rem; }
.result .links { justify-content: center; }
@keyframes turn { to { transform: rotate(1turn); } }
@media (prefers-reduced-motion: reduce) { .mark { animation-duration: 6s !important; } }
@media (max-width: 30rem) {
  .chip { width: 100%; min-height: 1.75rem; justify-content: space-between; }
  .chip[hidden] { display: flex !important; visibility: hidden; }
}
@media (min-width: 56rem) {
  .bar { padding: .75rem 1.5rem; }
  main { padding-top: 2.5rem; }
  .hero { margin-bottom: 2rem; }
  .hero h1 { font-size: 2.25rem; }
  .shop { grid-template-columns: 22rem 1fr; gap: 1.5rem; }
  .plans { grid-column: 2; grid-template-columns: 1fr 1fr; align-items: stretch; }
}
${searchStyles}`;
