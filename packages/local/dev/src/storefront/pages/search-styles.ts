/** The shop page's search: form and answer below each other, from 56rem beside each other. No `<` may appear in it. */
export const searchStyles = `
.search { display: grid; gap: 1rem; margin-bottom: 1rem; }
fieldset { border: 0; padding: 0; min-width: 0; }
.search label { display: block; margin: .25rem 0 .375rem; color: var(--soft); font-size: .9375rem; }
.search input {
  width: 100%; min-height: 3rem; padding: .5rem .875rem; margin-bottom: .625rem; font: inherit; color: inherit;
  background: var(--page); border: 1px solid var(--control); border-radius: .75rem;
}
.search input::placeholder { color: var(--soft); opacity: 1; }
.search input:disabled { cursor: not-allowed; }
.count { min-height: 1.5rem; margin-top: .625rem; font-weight: 600; text-align: center; }
.answer { min-height: 13.5rem; display: grid; align-content: center; gap: .75rem; }
.answer .notice { margin: 0; }
.hint { text-align: center; text-wrap: balance; }
.prompt { padding: 1rem; border-radius: .75rem; background: var(--tint); }
.prompt .button { margin-top: .75rem; }
.answer h3 { margin-top: 0; }
.results { display: grid; gap: .375rem; margin-bottom: .375rem; }
.results strong, .results small { display: block; }
@media (min-width: 56rem) {
  .search { grid-template-columns: 22rem 1fr; gap: 1.5rem; margin-bottom: 1.5rem; }
}
`;
