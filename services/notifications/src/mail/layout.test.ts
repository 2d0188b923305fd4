import { expect, test } from 'vitest';
import { renderHtml } from './layout.ts';

const hostile = `<script>alert("x" + 'y' & 1)</script>`;
const escaped = '&lt;script&gt;alert(&quot;x&quot; + &#39;y&#39; &amp; 1)&lt;/script&gt;';

test('whatever a mail says, in whichever place, stays text', async () => {
  const html = await renderHtml(
    {
      subject: hostile,
      preview: hostile,
      heading: hostile,
      intro: hostile,
      status: { label: hostile, tone: 'good' },
      facts: [{ label: hostile, value: hostile }],
      list: { title: hostile, items: [hostile], isNumbered: true },
      action: { label: hostile, url: `https://a.example/${hostile}` },
      closing: [hostile, hostile],
    },
    { appUrl: 'https://a.example', supportAddress: hostile },
  );
  expect(html).not.toContain('<script');
  expect(html.split(escaped).length - 1).toBe(15);
});
