import { toMailEvent } from '@cloudnestle/operations/mails/testing/to-mail-event';
import {
  planOf,
  sampleCatalogue,
  sampleCompleted,
  sampleEnded,
  sampleEnding,
  sampleFailed,
  sampleInitiated,
  sampleOrder,
  sampleRefunded,
  sampleRow,
} from '@cloudnestle/test-kit/samples';
import { describe, expect, test } from 'vitest';
import { buildMail } from './build-mail.ts';

const links = {
  appUrl: 'https://marketplace.example',
  supportAddress: 'support@marketplace.example',
};
const parts = { links, tiers: sampleCatalogue.tiers };
const row = sampleRow({ redirectUrl: 'https://pay.example/page?a=1&b=2' });
const order = sampleOrder(row);
const mails = {
  initiated: await buildMail(toMailEvent(sampleInitiated(order)), parts),
  welcome: await buildMail(toMailEvent(sampleCompleted(order)), parts),
  failed: await buildMail(toMailEvent(sampleFailed(order)), parts),
  refunded: await buildMail(toMailEvent(sampleRefunded(order)), parts),
};
const all = Object.entries(mails);

/** Tags out, the five escapes undone: what a reader sees. */
function readable(html: string): string {
  return html
    .replace(/<head>[\s\S]*<\/head>/, '')
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ');
}

function countOf(text: string, part: string): number {
  return text.split(part).length - 1;
}

const pass = planOf('basic-monthly');
const passOrder = sampleOrder(sampleRow({ plan: pass, tier: 'basic', amount: pass.amountInPaisa }));
const until = '2026-01-23T10:00:00.000Z';
const paid = sampleCompleted(passOrder);
const passMails = {
  welcome: await buildMail(toMailEvent(paid), { ...parts, pass: { until, isRenewal: false } }),
  renewal: await buildMail(toMailEvent(paid), { ...parts, pass: { until, isRenewal: true } }),
  ending: await buildMail(toMailEvent(sampleEnding(paid, until)), parts),
  ended: await buildMail(toMailEvent(sampleEnded(paid, 'EXPIRED', until)), parts),
};

test('a pass is called by its plan’s name, and says until when', () => {
  expect(Object.values(passMails).map(({ subject }) => subject)).toEqual([
    '🎉 Welcome to AWS Solution Finder Basic!',
    'AWS Solution Finder Basic is yours until 23 Jan 2026',
    'AWS Solution Finder Basic ends on 23 Jan 2026',
    'Your plan has ended - AWS Solution Finder Basic',
  ]);
  for (const { html, text } of Object.values(passMails)) {
    expect(text).toContain('23 Jan 2026');
    expect(text).toContain(passOrder.row.merchantOrderId);
    expect(`${html} ${text}`).not.toContain('Pro');
  }
  expect(passMails.welcome.text).toContain('50 searches per day');
  for (const { html } of [passMails.ending, passMails.ended]) {
    expect(html).toContain('href="https://marketplace.example/#upgrade"');
  }
});

describe('subjects are the mission’s, letter by letter', () => {
  test('initiated', () => {
    expect(mails.initiated.subject).toBe('Payment Initiated - AWS Solution Finder Pro');
  });
  test('welcome', () => {
    expect(mails.welcome.subject).toBe('🎉 Welcome to AWS Solution Finder Pro!');
  });
  test('failed', () => {
    expect(mails.failed.subject).toBe('Payment Failed - AWS Solution Finder Pro');
  });
});

describe.each([
  ['HTML', (mail: { html: string }) => readable(mail.html), ' '],
  ['text', (mail: { text: string }) => mail.text, ': '],
] as const)('the %s part', (_part, read, gap) => {
  const initiated = read(mails.initiated);
  const welcome = read(mails.welcome);
  const failed = read(mails.failed);

  test('of the initiated mail says order, amount, status and how to pay until when', () => {
    expect(initiated).toContain(`Order ID${gap}${row.merchantOrderId}`);
    expect(initiated).toContain(`Amount${gap}₹299`);
    expect(initiated).toContain(`Status${gap}Pending`);
    expect(initiated).toContain('How to complete your payment');
    expect(initiated).toContain(`Pay before${gap}23 Nov 2025, 3:00 pm IST`);
  });

  test('of the welcome mail says order, amount paid, status and every Pro feature', () => {
    expect(welcome).toContain(`Order ID${gap}${row.merchantOrderId}`);
    expect(welcome).toContain(`Amount Paid${gap}₹299`);
    expect(welcome).toContain(`Status${gap}Active`);
    expect(welcome).toContain('✅ Unlimited searches per day');
    expect(welcome).toContain('✅ Access to all AWS repositories');
    expect(welcome).toContain('✅ Saved searches and collections');
    expect(welcome).toContain('✅ Priority support');
    expect(welcome).toContain('✅ Export functionality');
    expect(welcome).toContain('Start Using Pro Features');
  });

  test('of the failed mail says order, amount, status, and whom to ask', () => {
    expect(failed).toContain(`Order ID${gap}${row.merchantOrderId}`);
    expect(failed).toContain(`Amount${gap}₹299`);
    expect(failed).toContain(`Status${gap}Failed`);
    expect(failed).toContain('Try Again');
    expect(failed).toContain('support@marketplace.example');
  });
});

describe('links lead where the buyer wants to go', () => {
  test('to the payment page', () => {
    expect(mails.initiated.html).toContain('href="https://pay.example/page?a=1&amp;b=2"');
    expect(mails.initiated.text).toContain('https://pay.example/page?a=1&b=2');
  });
  test('to the app', () => {
    expect(mails.welcome.html).toContain('href="https://marketplace.example"');
    expect(mails.welcome.text).toContain('https://marketplace.example');
  });
  test('to where Pro is bought', () => {
    expect(mails.failed.html).toContain('href="https://marketplace.example/#upgrade"');
    expect(mails.failed.text).toContain('https://marketplace.example/#upgrade');
  });
  test.each(all)('to support, in the %s mail', (_kind, { html }) => {
    expect(html).toContain('href="mailto:support@marketplace.example"');
  });
  test('and never to a script, whatever the payment page calls itself', async () => {
    const event = sampleInitiated(order);
    const data = { ...event.detail.data, redirectUrl: 'javascript:alert(1)' };
    const mail = await buildMail(
      toMailEvent({ ...event, detail: { ...event.detail, data } }),
      parts,
    );
    expect(mail.html).not.toContain('javascript:');
    expect(mail.text).not.toContain('javascript:');
  });
});

test('a refund is told with its amount and within how many days, never on which', async () => {
  const { subject, text } = mails.refunded;
  expect(subject).toBe('₹299 refunded - AWS Solution Finder Pro');
  expect(text).toContain('within 7 working days');
  expect(text).toContain('has ended with it');
  expect(text).not.toMatch(/\d{1,2} (Nov|Dec) \d{4}/);
  const part = sampleRefunded(order, { amountInPaisa: 10_050, isFull: false });
  const partly = await buildMail(toMailEvent(part), parts);
  expect(partly.subject).toMatch(/^₹100\.50 refunded/);
  expect(partly.text).toContain('Your plan stays as it is.');
  const twice = await buildMail(toMailEvent(sampleRefunded(order, { reason: 'DUPLICATE' })), parts);
  expect(twice.text).toContain('You had paid twice. Your plan stays as it is.');
});

test('no value can become markup', async () => {
  const hostile = '<script>alert("x")</script>';
  const hostileLinks = { appUrl: `https://a.example/"${hostile}`, supportAddress: `"${hostile}` };
  for (const sample of [sampleInitiated(order), sampleCompleted(order), sampleFailed(order)]) {
    const event = toMailEvent(sample);
    if ('merchantOrderId' in event.data) event.data.merchantOrderId = hostile;
    if (event.detailType === 'PaymentInitiated') {
      event.data.redirectUrl = `https://pay.example/"onmouseover="${hostile}`;
    }
    const { html } = await buildMail(event, { ...parts, links: hostileLinks });
    expect(html).not.toContain('<script');
    expect(html).not.toContain('"onmouseover');
    expect(html).not.toContain('""<');
    expect(html).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;');
  }
});

describe.each(all)('the %s mail holds in any mail program', (_kind, { html }) => {
  test('no style sheet, no script, no picture from elsewhere', () => {
    expect(html).not.toMatch(/<style|<script|<img|<link/);
  });
  test('nothing wider than a phone', () => {
    const widths = [...html.matchAll(/[^-]width:(\d+)px/g)].map(([, px]) => Number(px));
    expect(Math.max(...widths)).toBeLessThan(320);
    expect(html).toContain('max-width:600px');
  });
  test('every table and cell that was opened is closed', () => {
    for (const tag of ['table', 'tr', 'td', 'th', 'p', 'div', 'a', 'span']) {
      expect(countOf(html, `</${tag}>`)).toBe(
        countOf(html, `<${tag} `) + countOf(html, `<${tag}>`),
      );
    }
  });
});

test.each(all)('the %s mail has no hole where a value was missing', (_kind, { html, text }) => {
  expect(`${html}${text}`).not.toMatch(/undefined|null|NaN|\[object|Invalid Date/);
});
