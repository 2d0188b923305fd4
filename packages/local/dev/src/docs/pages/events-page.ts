import type { AsyncApiDocument } from '@cloudnestle/api-docs/asyncapi/build-asyncapi';
import { html } from 'hono/html';
import { listFields } from '../events/list-fields.ts';
import { fieldsTable } from './fields-table.ts';
import { type Html, layout } from './layout.ts';
import { paragraphs, words } from './words.ts';

/** The events: who receives which, what each carries, and what a dead letter says. */
export function eventsPage(document: AsyncApiDocument): Html {
  const { info, components } = document;
  const { messages, schemas } = components;
  return layout({
    title: 'Events',
    path: '/docs/events',
    body: html`<main class="page">
      <h1>Events</h1>
      ${paragraphs(info.description)}
      <h2>Who hears of what</h2>
      ${eventsTable(document)}
      <h2>Queues</h2>
      ${channelsTable(document)}
      ${Object.entries(messages).map(([name, message]) => messageSection(name, message, document))}
      <section>
        <h2 id="metadata">Metadata of every event</h2>
        ${fieldsTable(listFields(schemas.EventMetadata, schemas))}
      </section>
    </main>`,
  });
}

/** A queue's title is its subscriber's name. */
function eventsTable({ channels, components }: AsyncApiDocument): Html {
  const rows = Object.keys(channels.bus?.messages ?? {}).map((name) => {
    const receivers = Object.entries(channels).filter(
      ([key, { messages }]) => key !== 'bus' && name in messages,
    );
    return html`<tr>
      <td><a href="#${name}">${name}</a></td>
      <td>${words(components.messages[name]?.summary ?? '')}</td>
      <td data-label="goes to">${receivers.map(([, { title }]) => title).join(', ')}</td>
    </tr>`;
  });
  return table(['event', 'what it says', 'goes to'], rows);
}

function channelsTable({ channels }: AsyncApiDocument): Html {
  const rows = Object.values(channels).map(
    ({ address, title, description, messages }) => html`<tr>
      <td><code>${address}</code><br />${title}</td>
      <td>${words(description)}</td>
      <td>${Object.keys(messages).map((name) => html`<a href="#${name}">${name}</a> `)}</td>
    </tr>`,
  );
  return table(['bus or queue', 'what it is', 'messages'], rows);
}

type Message = AsyncApiDocument['components']['messages'][string];

function messageSection(name: string, message: Message, document: AsyncApiDocument): Html {
  const { title, summary, description, headers, examples = [] } = message;
  const { schemas } = document.components;
  const fields = headers
    ? listFields({ ...headers }, schemas)
    : listFields(schemas[`${name}Data`], schemas);
  return html`<section>
    <h2 id="${name}">${title}</h2>
    <p>${words(summary)}</p>
    ${description ? html`<p>${words(description)}</p>` : ''}
    <h3>${headers ? 'Message attributes' : html`<code>detail.data</code>`}</h3>
    ${fieldsTable(fields)}
    ${examples.map(
      ({ summary, name: _, ...example }) => html`<details>
        <summary>Example: ${summary}</summary>
        <pre>${JSON.stringify(example, undefined, 2)}</pre>
      </details>`,
    )}
  </section>`;
}

function table(columns: readonly string[], rows: readonly Html[]): Html {
  return html`<div class="scroll"><table>
    <thead><tr>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>
    <tbody>${rows}</tbody>
  </table></div>`;
}
