import { Injectable } from '@nestjs/common';
import { Random } from '../../shared/random.js';
import { MOST_AUTHENTICATORS, type TotpParameters } from '../domain/factor.js';
import { readForeignFactor, type ForeignFactor, type ReadFactor } from '../domain/foreign-factor.js';
import { refused, type Refused } from '../domain/read-otpauth.js';
import { ImportLedger, type EnrolledSecret, type ImportedFactor } from './import-ledger.js';
import { FactorSecrets } from './ports.js';

/** What became of one. `there-already`: the subject has this very authenticator, from an import before or by enrolment. */
export type ImportOutcome = { kind: 'imported' | 'there-already'; id: string } | Refused;

/** An authenticator of a subject while an import decides. */
interface Held {
  id: string;
  secret: Buffer;
  totp: TotpParameters;
}

/**
 * Takes over authenticators that people enrolled elsewhere, so that nobody has to enrol anew. May be repeated: what is there
 * already is not there twice.
 */
@Injectable()
export class ImportFactors {
  constructor(
    private readonly ledger: ImportLedger,
    private readonly secrets: FactorSecrets,
    private readonly random: Random,
  ) {}

  /** One that can not be taken over is in nobody's way. @returns in the order given. @throws 503, and then none was imported */
  async execute(
    { applicationId, keyId: actor }: { applicationId: string; keyId: string },
    given: readonly ForeignFactor[],
  ): Promise<ImportOutcome[]> {
    const read = given.map(readForeignFactor);
    const subjects = read.flatMap((each) => (each.kind === 'read' ? [each.subject] : []));
    let outcomes: ImportOutcome[] = [];
    await this.ledger.add({ applicationId, subjects, actor }, (enrolled) => {
      const held = this.heldBy(applicationId, enrolled);
      const added: ImportedFactor[] = [];
      outcomes = read.map((each) => {
        if (each.kind === 'refused') return each;
        const { subject, label, issuer, totp } = each;
        const theirs = held.get(subject) ?? [];
        const outcome = outcomeOf(each, theirs, this.random.id('fac'));
        if (outcome.kind !== 'imported') return outcome;
        const { id } = outcome;
        held.set(subject, [...theirs, { id, secret: each.secret, totp }]);
        const secret = this.secrets.seal({ applicationId, id }, each.secret);
        added.push({ id, subject, label, issuer, totp, secret });
        return outcome;
      });
      return added;
    });
    return outcomes;
  }

  private heldBy(applicationId: string, enrolled: readonly EnrolledSecret[]): Map<string, Held[]> {
    const held = new Map<string, Held[]>();
    for (const { id, subject, secret, totp } of enrolled) {
      const opened = this.secrets.open({ applicationId, id }, secret);
      held.set(subject, [...(held.get(subject) ?? []), { id, secret: opened, totp }]);
    }
    return held;
  }
}

/** @param id of it, if it is new */
function outcomeOf({ secret, totp }: ReadFactor, held: readonly Held[], id: string): ImportOutcome {
  const same = held.find((each) => each.secret.equals(secret));
  if (same && sameParameters(same.totp, totp)) return { kind: 'there-already', id: same.id };
  if (same) return refused(`The subject has this secret with other parameters, as ${same.id}. Remove that one first.`);
  if (held.length >= MOST_AUTHENTICATORS) {
    return refused(`The subject has ${String(MOST_AUTHENTICATORS)} authenticators. Remove one first.`);
  }
  return { kind: 'imported', id };
}

const sameParameters = (one: TotpParameters, other: TotpParameters) =>
  one.algorithm === other.algorithm && one.digits === other.digits && one.period === other.period;
