import type { ProvenApproval } from './approval.js';
import { bindingHash, type ConfirmedPayment } from './binding-hash.js';

/** What somebody who is shown a token wants it to be for. */
export interface TokenContext {
  subject?: string | undefined;
  purpose?: string | undefined;
  binding?: ConfirmedPayment | undefined;
}

type Proven = Pick<ProvenApproval, 'subject' | 'purpose' | 'bindingHash'>;

/**
 * In what a token is for something else (R23). What it names must be wanted and what is wanted must be named: a token that was
 * issued for one payment is not good for a route that asks about none, nor the other way round.
 */
export function contextMismatches(proven: Proven, { subject, purpose, binding }: TokenContext): (keyof TokenContext)[] {
  const hash = binding ? bindingHash(binding) : null;
  return [
    ...(proven.subject === (subject ?? null) ? [] : (['subject'] as const)),
    ...(proven.purpose === (purpose ?? null) ? [] : (['purpose'] as const)),
    ...(proven.bindingHash === hash ? [] : (['binding'] as const)),
  ];
}
