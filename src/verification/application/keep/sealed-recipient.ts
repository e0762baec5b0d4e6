import { countedAs } from '../../../shared/recipient.js';
import type { SealedRecipient } from '../ledger.js';
import type { RecipientVault, SealedDetails } from '../ports.js';

/** A verification's recipient as it rests: encrypted, and indexed for looking up, both under the newest key. */
export function sealRecipient(vault: RecipientVault, id: string, details: SealedDetails): SealedRecipient {
  const { phone, email } = details.to;
  return {
    sealed: vault.seal(id, details),
    phoneIndex: (phone && vault.indexes(countedAs(phone))[0]) ?? null,
    emailIndex: (email && vault.indexes(countedAs(email))[0]) ?? null,
  };
}
