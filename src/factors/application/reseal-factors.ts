import { Injectable } from '@nestjs/common';
import { FactorSecrets } from './ports.js';
import { SealedFactors, type SealedFactor } from './sealed-factors.js';

const BATCH = 200;

/** What became of a batch. */
export interface ResealedFactors {
  count: number;
  /** Factors whose secret could not be opened; they stay as they are. */
  unreadable: { id: string; error: unknown }[];
}

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
  async reseal(): Promise<ResealedFactors> {
    const resealed: ResealedFactors = { count: 0, unreadable: [] };
    const kids = this.secrets.olderKids();
    if (kids.length === 0) return resealed;
    const batch = await this.factors.under(kids, { after: this.after, limit: BATCH });
    this.after = batch[BATCH - 1]?.id ?? '';
    for (const factor of batch) {
      const anew = this.anew(factor);
      if ('error' in anew) resealed.unreadable.push({ id: factor.id, ...anew });
      else if (await this.factors.replace(factor, anew.sealed)) resealed.count += 1;
    }
    return resealed;
  }

  private anew(factor: SealedFactor): { sealed: string } | { error: unknown } {
    try {
      return { sealed: this.secrets.seal(factor, this.secrets.open(factor, factor.secret)) };
    } catch (error) {
      return { error };
    }
  }
}
