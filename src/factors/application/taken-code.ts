import type { FactorChannel } from '../../shared/channel.js';

/** A code that somebody typed for a factor of a subject. */
export interface FactorGuess {
  applicationId: string;
  subject: string;
  channel: FactorChannel;
  /** As it was typed. */
  code: string;
  /** One of the subject's factors alone; absent: any of that channel. */
  factorId?: string | undefined;
  /**
   * The verification it is to approve. A code is taken in for one verification, and taking it again for the same one is no second
   * time: whoever lost the answer may ask again.
   */
  takenFor: string;
}

/** `used`: it was right, and taken in before for something else. Like a wrong one it approves nothing. */
export type TakenCode = { kind: 'right'; factorId: string } | { kind: 'used' } | { kind: 'wrong' };
