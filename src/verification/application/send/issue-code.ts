import { Injectable } from '@nestjs/common';
import type { Channel } from '../../../shared/channel.js';
import { Random } from '../../../shared/random.js';
import { unavailable } from '../../../shared/refusals.js';
import { reached } from '../../../shared/steps.js';
import { codeContext } from './code-context.js';
import type { VerificationRecord } from '../ledger.js';
import { Verifications, type HotState } from '../hot-state.js';
import { CodeHasher } from '../ports.js';
import { RestoreState } from './restore-state.js';

/** No code can be made any more. */
export interface Over {
  kind: 'over';
  reason: string;
}
export type Issued = { kind: 'issued'; code: string; validForSeconds: number } | Over;

/** A code may be made: for how long it would be good, and what to hash it with. */
export interface Open {
  kind: 'open';
  validForSeconds: number;
  state: HotState;
}

/** What is said to a question that a later one has overtaken: nobody listens to its answer, and its code would be dead. */
const ASKED_AGAIN = 'The question was asked again meanwhile.';

/**
 * Makes a delivery's code at the moment of sending and forgets it: only its digest is kept, in the delivery's slot. Each call
 * makes a fresh code.
 */
@Injectable()
export class IssueCode {
  constructor(
    private readonly verifications: Verifications,
    private readonly hasher: CodeHasher,
    private readonly random: Random,
    private readonly restoreState: RestoreState,
  ) {}

  /**
   * @param asked several questions for the same code may be under way at once, on any node: the code of the one that was asked
   * last, by the hot store's clock, is the one that is good.
   * @throws 503 `unavailable` to an earlier one of them, which is told none.
   */
  async issue(
    record: VerificationRecord,
    deliveryId: string,
    channel: Channel,
    asked: 'once' | 'repeatedly' = 'once',
  ): Promise<Issued> {
    const open = await this.open(record);
    if (open.kind === 'over') return open;
    const { state, validForSeconds } = open;
    const askedAt = asked === 'repeatedly' ? state.now : undefined;
    const code = this.random.digits(state.codeLength);
    const place = this.hasher.enterAlways();
    const digest = await place.run(() =>
      this.hasher.digest(code, state.hashing, codeContext({ ...state, id: record.id })),
    );
    reached('dispatch:code-hashed');
    const stored = await this.verifications.putCode(record.id, deliveryId, { channel, digest }, askedAt);
    if (stored === 'superseded') throw unavailable(ASKED_AGAIN);
    if (stored !== 'stored')
      return { kind: 'over', reason: stored === 'over' ? 'ended meanwhile' : 'the state was lost meanwhile' };
    reached('dispatch:code-stored');
    return { kind: 'issued', code, validForSeconds };
  }

  /** Whether a code could be made now, for what carries none yet. */
  async open(record: VerificationRecord): Promise<Open | Over> {
    const state = await this.stateOf(record);
    if (!state) return { kind: 'over', reason: 'the state could not be rebuilt' };
    if (state.status !== 'pending') return { kind: 'over', reason: state.status };
    const validForSeconds = Math.floor((state.expiresAt - state.now) / 1000);
    if (validForSeconds < 1) return { kind: 'over', reason: 'expired' };
    if (state.attemptsLeft < 1) return { kind: 'over', reason: 'attempts used up' };
    return { kind: 'open', validForSeconds, state };
  }

  private async stateOf(record: VerificationRecord): Promise<HotState | null> {
    const live = await this.verifications.peek(record.id);
    if (live) return live.state;
    await this.restoreState.restore(record);
    return (await this.verifications.peek(record.id))?.state ?? null;
  }
}
