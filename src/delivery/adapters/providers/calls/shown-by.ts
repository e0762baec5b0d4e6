/** The key that people are asked to press. */
export const KEY = '1';

/** Marks the address for reports of a call that waits for its key: that it was completed says nothing then. */
export const waitingForKey = (reportUrl: string): string => `${reportUrl}?waits=key`;
export const isWaitingForKey = (query: Record<string, string>): boolean => query['waits'] === 'key';

/** What shows that somebody heard what was said: the end of a call that was taken, a human voice, or the key. */
export type ShownBy = 'completed' | 'human' | 'key';

/** The vendor's status in short, for the timeline. */
export const detailOf = (codes: readonly string[]): string =>
  codes
    .map((code) => code.replace(/[^A-Za-z0-9 _-]/g, '').slice(0, 40))
    .filter((code) => code !== '')
    .reverse()
    .join(' ');
