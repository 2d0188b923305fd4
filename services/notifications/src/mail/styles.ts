const FONT =
  'font-family:-apple-system,BlinkMacSystemFont,Segoe UI,Roboto,Helvetica,Arial,sans-serif';
const INK = '#1f2937';
const SOFT = '#6b7280';
const LINE = '#e5e7eb';
const BRAND = '#3b3aa8';

/**
 * Inline styles, since mail programs drop style sheets, and many the body element with its own: what matters stands on
 * the tables. Widths are fluid: nothing here is wider than a phone.
 */
export const styles = {
  body: 'margin:0;padding:0;background:#f3f4f8;-webkit-text-size-adjust:100%',
  preview: 'display:none;max-height:0;max-width:0;overflow:hidden;opacity:0;color:transparent',
  outer: `width:100%;background:#f3f4f8;${FONT}`,
  outerCell: 'padding:20px 8px',
  card: `width:100%;max-width:600px;background:#ffffff;border:1px solid ${LINE};border-radius:14px;overflow:hidden`,
  brand: `padding:18px 20px;background:${BRAND};color:#ffffff;font-size:15px;line-height:20px;font-weight:600;letter-spacing:.2px`,
  content: 'padding:26px 20px 8px',
  heading: `margin:0 0 12px;font-size:24px;line-height:31px;font-weight:700;color:${INK}`,
  paragraph: `margin:0 0 16px;font-size:16px;line-height:25px;color:${INK}`,
  note: `margin:0 0 14px;font-size:14px;line-height:22px;color:${SOFT}`,
  facts: `width:100%;margin:4px 0 24px;background:#f8f8fc;border:1px solid ${LINE};border-radius:10px;border-collapse:separate`,
  factLabel: `padding:10px 8px 10px 14px;width:1%;white-space:nowrap;font-size:14px;line-height:21px;color:${SOFT};vertical-align:top;text-align:left;font-weight:400`,
  factValue: `padding:10px 14px 10px 8px;font-size:15px;line-height:21px;color:${INK};font-weight:600;vertical-align:top;text-align:right;word-break:break-word;overflow-wrap:anywhere`,
  listTitle: `margin:0 0 10px;font-size:17px;line-height:24px;font-weight:700;color:${INK}`,
  list: 'width:100%;margin:0 0 24px',
  itemMark: `width:26px;padding:5px 0;font-size:16px;line-height:24px;color:${SOFT};vertical-align:top`,
  itemText: `padding:5px 0;font-size:16px;line-height:24px;color:${INK};vertical-align:top`,
  button: 'width:100%;margin:0 0 26px',
  buttonCell: `border-radius:10px;background:${BRAND};text-align:center`,
  buttonLink: `display:block;padding:15px 20px;font-size:17px;line-height:22px;font-weight:700;color:#ffffff;text-decoration:none`,
  footer: `padding:18px 20px 22px;border-top:1px solid ${LINE};font-size:14px;line-height:22px;color:${SOFT}`,
  footerLink: `color:${BRAND};font-weight:600;text-decoration:underline;overflow-wrap:anywhere`,
  status:
    'display:inline-block;padding:2px 12px;border-radius:999px;font-size:14px;line-height:21px;font-weight:700',
} as const;

export const statusColours = {
  waiting: 'background:#fef3c7;color:#8a4b08',
  good: 'background:#d9f7e5;color:#0b6b3a',
  bad: 'background:#fde4e4;color:#a51d1d',
} as const;
