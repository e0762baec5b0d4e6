import { Injectable } from '@nestjs/common';
import { reseal, type Resealed } from '../../shared/reseal.js';
import { FactorSecrets } from './ports.js';
import { SealedFactors } from './sealed-factors.js';

const BATCH = 200;

/**
 * Seals anew what rests under older keys: secrets of authenticators, and the keys that backup codes are found under. Nobody enrols
 * again and no backup code is lost because a key was rotated (I17).
 */
@Injectable()
export class ResealFactors {
  /** Where the next batch begins, so that many that can not be opened keep no others under a key that is about to go. */
  private after = '';

  constructor(
    private readonly factors: SealedFactors,
    private readonly secrets: FactorSecrets,
  ) {}

  /** One batch. When nothing was resealed and all could be read, the older keys can be dropped. @throws 503 */
  async reseal(): Promise<Resealed> {
    const kids = this.secrets.olderKids();
    if (kids.length === 0) return { count: 0, unreadable: [] };
    const batch = await this.factors.under(kids, { after: this.after, limit: BATCH });
    this.after = batch[BATCH - 1]?.id ?? '';
    return reseal(
      batch,
      (factor) => this.secrets.seal(factor, this.secrets.open(factor, factor.secret)),
      (factor, sealed) => this.factors.replace(factor, sealed),
    );
  }
}
