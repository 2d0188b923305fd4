const format = new Intl.DateTimeFormat('en-IN', {
  dateStyle: 'medium',
  timeStyle: 'short',
  timeZone: 'Asia/Kolkata',
});

/** A timestamp as a buyer in India reads it: `23 Nov 2025, 3:00 pm IST`. */
export function formatIst(timestamp: string): string {
  // Newer ICU data puts a narrow no-break space before am/pm, which plain-text mail programs show as a box.
  return `${format.format(new Date(timestamp)).replaceAll('\u202f', ' ')} IST`;
}
