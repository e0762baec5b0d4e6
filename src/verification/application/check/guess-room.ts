import { Injectable } from '@nestjs/common';
import { CodeHasher, type HashPlace } from '../ports.js';
import { AdmitGuess, type UnbegunGuess } from './admit-guess.js';
import { CheckAllowance } from './check-allowance.js';

/** Room for a guess at a factor, before there is a verification to guess at: who may not guess takes no place from anybody. */
@Injectable()
export class GuessRoom {
  constructor(
    private readonly admitGuess: AdmitGuess,
    private readonly allowance: CheckAllowance,
    private readonly hasher: CodeHasher,
  ) {}

  /**
   * @returns a place in the hash queue, to be left, and the name under which limits of checks have counted the guess
   * @throws 422 `blocked-address`, 429 `rate-limited`, 503 `overloaded` or `unavailable`
   */
  async enter(guess: UnbegunGuess): Promise<{ place: HashPlace; admittedAs: string | undefined }> {
    const admittedAs = await this.admitGuess.admit(guess);
    try {
      return { place: this.hasher.enter(), admittedAs };
    } catch (error) {
      if (admittedAs !== undefined) await this.allowance.giveBack(guess, admittedAs);
      throw error;
    }
  }
}
