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

  /** Counts the send, unless it is refused. @throws 503 `unavailable` when the counters are away. */
  async judge(send: JudgedSend): Promise<Judgement> {
    const { detectors } = await this.applications.settingsOf(send.applicationId);
    const watched = await this.watchSend.watch(send);
    const finding = await this.sends.judge(watched);
    const { breakers, applicationId } = watched;
    await this.tellTrips.tripped(applicationId, finding.tripped, breakers);
    const refused = standing(finding, breakers, true);
    if (refused.length > 0) {
      // Its number was noted before the breakers were asked, and will hear nothing of us.
      await this.sends.undo(watched);
      const retryAfterSeconds = Math.ceil(Math.max(...refused.map(({ waitMs }) => waitMs)) / 1_000);
      this.tellTrips.refused(detectorsOf(refused), 'enforce');
      return { kind: 'refused', reasons: detectorsOf(refused), retryAfterSeconds };
    }
    const shadowed = send.safe ? [] : detectorsOf(standing(finding, breakers, false));
    this.tellTrips.refused(shadowed, 'shadow');
    const { longerCodes } = detectors;
    const longer = finding.longerForMs > 0 && longerCodes.mode === 'enforce';
    return { kind: 'allowed', shadowed, ...(longer && { leastCodeLength: longerCodes.length }) };
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
}

const standing = ({ open }: SendFinding, breakers: readonly Breaker[], refuses: boolean) =>
  open.filter(({ name }) => breakers.some((breaker) => breaker.name === name && breaker.refuses === refuses));

const detectorsOf = (found: { name: string }[]) => found.map(({ name }) => readName(name).detector);
