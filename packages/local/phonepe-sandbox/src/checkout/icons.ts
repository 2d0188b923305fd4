const icon = (paths: string) =>
  `<svg viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${paths}</svg>`;

/** Line drawings for the ways of paying; constant markup, safe to insert as it is. */
export const icons = {
  upi: icon(
    '<rect x="7" y="2.5" width="10" height="19" rx="2.5"/><path d="M11 18.5h2M10 10l2 2 3-4"/>',
  ),
  card: icon('<rect x="2.5" y="5" width="19" height="14" rx="2.5"/><path d="M2.5 10h19M6 15h4"/>'),
  bank: icon('<path d="M3 9.5 12 4l9 5.5zM5 10v8M10 10v8M14 10v8M19 10v8M3 20.5h18"/>'),
};
