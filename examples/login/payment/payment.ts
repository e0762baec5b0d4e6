/** What a code approves: an amount and payee, exactly as both the message and the page say them (PSD2, dynamic linking). */
export interface Payment {
  amount: string;
  payee: string;
}

/** Kept on the server until the payment is made: the browser has no use for the token. */
export interface ApprovedPayment {
  payment: Payment;
  token: string;
}

declare module '../session/sessions.js' {
  interface Session {
    /** A payment that was approved and not yet made. */
    approved?: ApprovedPayment | undefined;
    payments?: Payment[];
  }
}

/** @returns `25.50 EUR`; null for what is no amount. One spelling for all, because the approval counts for this text. */
export function parseAmount(typed: string): string | null {
  const [, euros = '', cents = ''] = /^0*(\d{1,4})(?:[.,](\d{1,2}))?$/.exec(typed.trim()) ?? [];
  const amount = `${euros}.${cents.padEnd(2, '0')}`;
  return Number(amount) > 0 ? `${amount} EUR` : null;
}

/** @returns null for what is no name. Without dots: phones make links of them, and a message with a code has none. */
export function parsePayee(typed: string): string | null {
  const payee = typed.trim().replaceAll(/\s+/g, ' ');
  return /^[\p{L}\p{N}][\p{L}\p{N} '&-]{0,39}$/u.test(payee) ? payee : null;
}
