import { Injectable } from '@nestjs/common';
import type { Channel } from '../../shared/channel.js';
import type { Recipient } from '../../shared/recipient.js';
import type { Requester } from '../../shared/requester.js';
import type { Breaker } from '../domain/breaker.js';
import { readName } from '../domain/breaker.js';
import { WatchedApplications, WatchedSends, type SendFinding } from './ports.js';
import { TellTrips } from './tell-trips.js';
import { WatchSend } from './watch-send.js';

/** A message that somebody wants sent, as the detectors see it. */
export interface JudgedSend {
  applicationId: string;
  verificationId: string;
  /** Asking twice for one delivery counts once. */
  deliveryId: string;
  channel: Channel;
  address: Recipient;
  requester: Requester;
  /** On a safe list: counted, never suspected. */
  safe: boolean;
}

export type Judgement =
  /**
   * `shadowed`: detectors that would have refused it, were they enforced. `leastCodeLength`: new codes have at least so many digits
   * while somebody guesses across verifications; absent otherwise.
   */
  | { kind: 'allowed'; shadowed: string[]; leastCodeLength?: number }
  /** `reasons`: the detectors that refuse it, `conversion-country`. */
  | { kind: 'refused'; reasons: string[]; retryAfterSeconds: number };

/** Whether a send looks like fraud: what pumps messages, whoever asks. */
@Injectable()
export class JudgeSend {
  constructor(
    private readonly applications: WatchedApplications,
    private readonly watchSend: WatchSend,
    private readonly sends: WatchedSends,
    private readonly tellTrips: TellTrips,
  ) {}

  /**
   * What stands in its way now. Counts nothing and trips nothing: what limits refuse is no evidence, else one address that is over
   * its limit could shut out whomever it likes. @throws 503 `unavailable` when the counters are away.
   */
  async judge(send: JudgedSend): Promise<Judgement> {
    const { detectors } = await this.applications.settingsOf(send.applicationId);
    const { breakers, ...watched } = await this.watchSend.watch(send);
    const found = await this.sends.look({ breakers, ...watched });
    const refused = standing(found.open, breakers, true);
    if (refused.length > 0) return this.refuse(refused);
    const shadowed = send.safe ? [] : detectorsOf(standing(found.open, breakers, false));
    this.tellTrips.refused(shadowed, 'shadow');
    const { longerCodes } = detectors;
    const longer = found.longerForMs > 0 && longerCodes.mode === 'enforce';
    return { kind: 'allowed', shadowed, ...(longer && { leastCodeLength: longerCodes.length }) };
  }

  /**
   * Counts a send that limits allowed, which may trip a detector. Refused, and not counted, when one tripped by it or since
   * {@link judge}. @throws 503 `unavailable`; then nobody knows whether it was counted, and {@link undo} is due.
   */
  async count(send: JudgedSend): Promise<Judgement> {
    const watched = await this.watchSend.watch(send);
    const { breakers, number, applicationId } = watched;
    if (breakers.length === 0 && !number) return { kind: 'allowed', shadowed: [] };
    const { open, tripped } = await this.sends.judge(watched);
    await this.tellTrips.tripped(applicationId, tripped, breakers);
    const refused = standing(open, breakers, true);
    if (refused.length === 0) return { kind: 'allowed', shadowed: [] };
    // Its number was noted before the breakers were asked, and will hear nothing of us.
    await this.sends.undo(watched);
    return this.refuse(refused);
  }

  /** The send did not happen. Idempotent. */
  async undo(send: JudgedSend): Promise<void> {
    await this.sends.undo(await this.watchSend.watch(send));
  }

  /** The verification was approved by a code that this channel brought. */
  async approved(send: JudgedSend): Promise<void> {
    // An address proves nothing about the number: whoever owns both could pump the one and type in the codes of the other.
    if (send.channel === 'email') return;
    const watched = await this.watchSend.watch(send);
    await this.tellTrips.cleared(send.applicationId, await this.sends.approved(watched));
  }

  private refuse(by: Tripped[]): Judgement {
    this.tellTrips.refused(detectorsOf(by), 'enforce');
    const retryAfterSeconds = Math.ceil(Math.max(...by.map(({ waitMs }) => waitMs)) / 1_000);
    return { kind: 'refused', reasons: detectorsOf(by), retryAfterSeconds };
  }
}

/** A breaker that lets nothing through now. */
type Tripped = SendFinding['open'][number];

const standing = (open: Tripped[], breakers: readonly Breaker[], refuses: boolean) =>
  open.filter(({ name }) => breakers.some((breaker) => breaker.name === name && breaker.refuses === refuses));

const detectorsOf = (found: { name: string }[]) => found.map(({ name }) => readName(name).detector);
