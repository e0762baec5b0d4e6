import { Injectable } from '@nestjs/common';
import { TakeFactorCode } from '../../../factors/application/take-factor-code.js';
import { reached } from '../../../shared/steps.js';
import type { GivenApproval } from '../ledger.js';
import { matchingSlot } from './matching-slot.js';
import type { Guess } from './reserve-guess.js';

/** What a code that was typed turns out to be. `used`: a factor's, and taken in for another verification before. */
export type Match = ({ kind: 'right' } & Omit<GivenApproval, 'tokenId'>) | { kind: 'used' } | { kind: 'wrong' };

/** Compares a guess with what was sent, or has it taken in by the subject's factors. */
@Injectable()
export class MatchGuess {
  constructor(private readonly takeFactorCode: TakeFactorCode) {}

  /**
   * A factor's code is taken in here, before the verification is approved with it: it is remembered for which one, so that
   * whoever asks again after a crash in between has not lost it.
   *
   * @param digest of the code, as those that were sent are kept
   * @throws 503 when the factors could not be asked; what was taken in then is still right for this verification
   */
  async match({ factor, slots, state }: Guess, code: string, digest: string): Promise<Match> {
    if (!factor) {
      const slot = matchingSlot(slots, digest);
      return slot ? { kind: 'right', channel: slot.channel } : { kind: 'wrong' };
    }
    const { applicationId, id: takenFor } = state;
    const taken = await this.takeFactorCode.execute({ applicationId, ...factor, code, takenFor });
    if (taken.kind !== 'right') return taken;
    reached('check:code-taken');
    return { kind: 'right', channel: factor.channel, factorId: taken.factorId };
  }
}
