import type { Words } from '../words/words.js';

/** What needs an authenticator or a backup code that somebody already has (NIST SP 800-63B 4.6). */
export type FactorChange =
  | { do: 'add'; label: string }
  | { do: 'remove'; id: string; label: string }
  /** Ten new backup codes in place of those there are. */
  | { do: 'renew-codes' };

export function sayChange({ factors: { changes } }: Words, change: FactorChange): string {
  switch (change.do) {
    case 'add':
      return changes.add(change.label);
    case 'remove':
      return changes.remove(change.label);
    case 'renew-codes':
      return changes.renewCodes;
  }
}
