import { Fragment, type ReactNode, useState } from 'react';
import { CopyButton } from '../parts/basics.tsx';
import DialogBox from '../parts/dialog.tsx';
import { runbooks } from './pages.ts';
import { type Block, readMarkdown, readSpans } from './read-markdown.ts';
import styles from './runbook.module.css';

/** One runbook beside the page that is worked on; its links to other runbooks stay in here. */
export default function RunbookDrawer(props: { name: string; onClose(): void }): ReactNode {
  const [name, setName] = useState(props.name);
  const page = runbooks.get(name);
  const [first, ...blocks] = readMarkdown(page ?? `# ${name}\n\nThere is no runbook of this name.`);
  return (
    <DialogBox
      shape="drawer"
      title={first?.kind === 'heading' ? first.text : name}
      onClose={props.onClose}
    >
      <div className={styles.page}>
        {blocks.map((block, index) => (
          <BlockView key={`${name}-${index}`} block={block} onOpen={setName} />
        ))}
      </div>
    </DialogBox>
  );
}

function BlockView({ block, onOpen }: { block: Block; onOpen(name: string): void }): ReactNode {
  const words = (text: string) => <Words text={text} onOpen={onOpen} />;
  switch (block.kind) {
    case 'heading':
      return <h3>{words(block.text)}</h3>;
    case 'text':
      return <p>{words(block.text)}</p>;
    case 'code':
      return (
        <div className={styles.code}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled with the keyboard. */}
          <pre tabIndex={0}>{block.text}</pre>
          <CopyButton text={block.text} what="the commands" />
        </div>
      );
    case 'list':
      return (
        <ul>
          {block.items.map((item) => (
            <li key={item}>{words(item)}</li>
          ))}
        </ul>
      );
    case 'table':
      return (
        <table>
          <thead>
            <tr>
              {block.head.map((cell) => (
                <th key={cell}>{words(cell)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {block.rows.map((row) => (
              <tr key={row.join()}>
                {row.map((cell, index) => (
                  <td key={`${block.head[index]}-${cell}`}>{words(cell)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      );
  }
}

function Words({ text, onOpen }: { text: string; onOpen(name: string): void }): ReactNode {
  return readSpans(text).map((span, index) => {
    const key = `${index}-${span.text}`;
    if (span.kind === 'code') return <code key={key}>{span.text}</code>;
    if (span.kind === 'strong') return <strong key={key}>{span.text}</strong>;
    if (span.kind === 'text') return <Fragment key={key}>{span.text}</Fragment>;
    const name = /^([\w-]+)\.md/.exec(span.to)?.[1];
    if (name === undefined || !runbooks.has(name)) return <em key={key}>{span.text}</em>;
    return (
      <button key={key} type="button" className={styles.link} onClick={() => onOpen(name)}>
        {span.text}
      </button>
    );
  });
}
