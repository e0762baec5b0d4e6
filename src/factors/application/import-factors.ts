import { Injectable } from '@nestjs/common';
import { Random } from '../../shared/random.js';
import { readForeignFactor, type ForeignFactor, type ReadFactor } from '../domain/foreign-factor.js';
import { HeldSecrets } from '../domain/held-secrets.js';
import type { Refused } from '../domain/refused.js';
import { ImportLedger, type EnrolledSecret, type ImportedFactor } from './import-ledger.js';
import { FactorSecrets } from './ports.js';

/** What became of one. `there-already`: the subject has this very authenticator, from an import before or by enrolment. */
export type ImportOutcome = { kind: 'imported' | 'there-already'; id: string } | Refused;

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
    const { outcomes } = await this.ledger.add({ applicationId, subjects, actor }, (enrolled) =>
      this.choose(applicationId, read, enrolled),
    );
    return outcomes;
  }

  private choose(
    applicationId: string,
    read: readonly (ReadFactor | Refused)[],
    enrolled: readonly EnrolledSecret[],
  ): { outcomes: ImportOutcome[]; added: ImportedFactor[] } {
    const held = new HeldSecrets();
    for (const { id, subject, secret, totp } of enrolled)
      held.put(subject, { id, totp, secret: this.secrets.tryOpen({ applicationId, id }, secret) });
    const added: ImportedFactor[] = [];
    const outcomes = read.map((each): ImportOutcome => {
      if (each.kind === 'refused') return each;
      const inTheWay = held.inTheWayOf(each);
      if (inTheWay) return inTheWay;
      const { subject, label, totp, secret } = each;
      const id = this.random.id('fac');
      held.put(subject, { id, secret, totp });
      added.push({ id, subject, label, totp, secret: this.secrets.seal({ applicationId, id }, secret) });
      return { kind: 'imported', id };
    });
    return { outcomes, added };
  }
}
