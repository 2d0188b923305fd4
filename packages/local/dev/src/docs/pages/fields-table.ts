import { html } from 'hono/html';
import type { Field } from '../events/list-fields.ts';
import type { Html } from './layout.ts';
import { words } from './words.ts';

/** Fields for people; what may be missing says so. */
export function fieldsTable(fields: readonly Field[]): Html {
  return html`<div class="scroll"><table class="fields">
    <thead><tr><th scope="col">field</th><th scope="col">type</th><th scope="col">what it says</th></tr></thead>
    <tbody>
      ${fields.map(
        ({ name, type, isRequired, description }) => html`<tr>
          <td><code>${name}</code></td>
          <td>${type}${isRequired ? '' : html`<br /><small>may be missing</small>`}</td>
          <td>${words(description)}</td>
        </tr>`,
      )}
    </tbody>
  </table></div>`;
}
