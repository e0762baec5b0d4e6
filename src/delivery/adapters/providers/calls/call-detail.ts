/** The vendor's status in short, for the timeline: its codes from the least exact to the most. */
export const detailOf = (codes: readonly string[]): string =>
  codes
    .map((code) => code.replace(/[^A-Za-z0-9 _-]/g, '').slice(0, 40))
    .filter((code) => code !== '')
    .reverse()
    .join(' ');
