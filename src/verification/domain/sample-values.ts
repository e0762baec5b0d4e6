import type { Binding } from './verification.js';

/** Digits that are nobody's code. */
const DIGITS = '1234567890';

/** The most that a message is ever given; of a payment, what is usual. A longer one is measured when it is known: at the start. */
export const LONGEST = {
  ...{ code: DIGITS, sender: 'x'.repeat(20), application: 'x'.repeat(20), minutes: '999' },
  ...{ amount: '9'.repeat(16), payee: 'x'.repeat(40) },
};

/** What stands for a code where messages are looked at before they are sent. */
export const sampleCode = (length: number): string => DIGITS.slice(0, length);

/** What stands for a payment there. */
export const SAMPLE_PAYMENT: Binding = { amount: '12.50 EUR', payee: 'Example Ltd' };
