import { MOST_AUTHENTICATORS, type TotpParameters } from './factor.js';
import type { ReadFactor } from './foreign-factor.js';
import { refused, type Refused } from './refused.js';

/** An authenticator that a subject has. */
export interface HeldSecret {
  id: string;
  /** Null where it can not be opened. */
  secret: Buffer | null;
  totp: TotpParameters;
}

/** The authenticators of some subjects, while more are added to them. */
export class HeldSecrets {
  private readonly held = new Map<string, HeldSecret[]>();

  put(subject: string, secret: HeldSecret): void {
    this.held.set(subject, [...this.of(subject), secret]);
  }

  /** @returns what is in the way of another one; null when nothing is. */
  inTheWayOf({ subject, secret, totp }: ReadFactor): { kind: 'there-already'; id: string } | Refused | null {
    const theirs = this.of(subject);
    const same = theirs.find((held) => held.secret?.equals(secret));
    if (same && sameParameters(same.totp, totp)) return { kind: 'there-already', id: same.id };
    if (same)
      return refused(`The subject has this secret with other parameters, as ${same.id}. Remove that one first.`);
    const unreadable = theirs.find((held) => held.secret === null);
    if (unreadable) {
      return refused(
        `Nobody can say whether the subject has it already: ${unreadable.id} can not be read. Remove that one first.`,
      );
    }
    if (theirs.length < MOST_AUTHENTICATORS) return null;
    return refused(`The subject has ${String(MOST_AUTHENTICATORS)} authenticators. Remove one first.`);
  }

  private of(subject: string): HeldSecret[] {
    return this.held.get(subject) ?? [];
  }
}

const sameParameters = (one: TotpParameters, other: TotpParameters) =>
  one.algorithm === other.algorithm && one.digits === other.digits && one.period === other.period;
