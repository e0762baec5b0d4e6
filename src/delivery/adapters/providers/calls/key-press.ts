/** The key that people are asked to press. */
export const KEY = '1';

/** Marks the address for reports of a call that waits for its key: that it was completed says nothing then. */
export const waitingForKey = (reportUrl: string): string => `${reportUrl}?waits=key`;
export const isWaitingForKey = (query: Record<string, string>): boolean => query['waits'] === 'key';
