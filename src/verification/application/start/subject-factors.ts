import { Injectable } from '@nestjs/common';
import { FindFactors } from '../../../factors/application/find-factors.js';
import type { Factor } from '../../../factors/domain/factor.js';
import { Limiter } from '../../../limits/application/limiter.js';
import type { FactorChannel } from '../../../shared/channel.js';
import { Clock } from '../../../shared/clock.js';
import { CountedAs } from '../counted-as.js';

/** A factor as a login page needs it: what to ask for, and whether it can be tried now. */
export interface SubjectFactor extends Pick<Factor, 'id' | 'channel' | 'label' | 'codesLeft'> {
  /** Too many codes were wrong: until then none is compared. Null while it can be tried. */
  lockedUntil: Date | null;
}

/** What a subject can prove itself with, whether or not a message can reach it. */
@Injectable()
export class SubjectFactors {
  constructor(
    private readonly findFactors: FindFactors,
    private readonly limiter: Limiter,
    private readonly countedAs: CountedAs,
    private readonly clock: Clock,
  ) {}

  /** The active ones, oldest first. Nothing is counted. @throws 503 */
  async of(applicationId: string, subject: string): Promise<SubjectFactor[]> {
    const factors = await this.findFactors.ofSubject(applicationId, subject);
    const channels = [...new Set(factors.map(({ channel }) => channel))];
    const locks = await Promise.all(
      channels.map(async (channel) => [channel, await this.lockOf(applicationId, subject, channel)] as const),
    );
    const lockedUntil = new Map(locks);
    return factors.map(({ id, channel, label, codesLeft }) => ({
      ...{ id, channel, label, codesLeft },
      lockedUntil: lockedUntil.get(channel) ?? null,
    }));
  }

  /** All of a subject's factors of one channel are locked together: a guess is compared with each (R69). */
  private async lockOf(applicationId: string, subject: string, channel: FactorChannel): Promise<Date | null> {
    const factor = this.countedAs.factor(subject, channel);
    const seconds = await this.limiter.secondsUntilRoom('failed-check', { applicationId, factor });
    return seconds > 0 ? new Date(this.clock.now() + seconds * 1_000) : null;
  }
}
