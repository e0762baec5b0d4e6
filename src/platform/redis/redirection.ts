import type { Address } from './redis-url.js';

/**
 * Why a server did not run a command although it is well: another has the key now. None of it was run, so it may be run
 * elsewhere.
 */
export type Redirection =
  /** A slot that went to another primary, or a primary that has become a replica. */
  | { kind: 'moved' }
  /** A slot on its way to another primary, which has this key already. */
  | { kind: 'ask'; address: Address };

/** @returns null when the error says nothing of the kind. */
export function redirectionOf(error: unknown): Redirection | null {
  if (!(error instanceof Error)) return null;
  // A script's own writes are refused from within it, so the word stands in the middle of what Redis 6 says.
  if (error.message.startsWith('MOVED') || /\bREADONLY\b/.test(error.message)) return { kind: 'moved' };
  const [, host = '', port = ''] = /^ASK \d+ (.*):(\d+)$/.exec(error.message) ?? [];
  return host ? { kind: 'ask', address: { host, port: Number(port) } } : null;
}
