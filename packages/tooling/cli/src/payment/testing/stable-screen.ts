/** A screen without what differs from run to run; widths stay as they are. */
export function toStableScreen(screen: string): string {
  const ids: string[] = [];
  const nameOf = (id: string) => {
    if (!ids.includes(id)) ids.push(id);
    return 'abcdef'.charAt(ids.indexOf(id)).repeat(6);
  };
  return screen
    .replaceAll(/-\d{10}-([a-z0-9]{6})/g, (_whole, id: string) => `-1700000000-${nameOf(id)}`)
    .replaceAll(/\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z/g, '2026-01-01T00:00:00.000Z')
    .replaceAll(/\d{4}-\d{2}-\d{2}T\d{2}:\d{2} /g, '2026-01-01T00:00 ')
    .replaceAll(/expected \d{4}-\d{2}-\d{2}/g, 'expected 2026-01-05')
    .replaceAll(/OMO\d+/g, 'OMO0000')
    .replaceAll(/OM\d+/g, 'OM0000')
    .replaceAll(/ses-\d+/g, 'ses-0000')
    .replaceAll(
      /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g,
      '00000000-0000-0000-0000-000000000000',
    )
    .replaceAll(/\*\*\*[0-9a-z]{4}$/gm, '***0000')
    .replaceAll(/VPA( +)\S+/g, 'VPA$1u***@bank')
    .replaceAll(/buyer-\d+/g, 'buyer-00');
}
