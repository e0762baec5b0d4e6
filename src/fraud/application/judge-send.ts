import { Injectable } from '@nestjs/common';
import type { Channel } from '../../shared/channel.js';
import type { Recipient } from '../../shared/recipient.js';
import type { Requester } from '../../shared/requester.js';

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
  /** `shadowed`: detectors that would have refused it, were they enforced. */
  | { kind: 'allowed'; shadowed: string[] }
  /** `reasons`: the detectors that refuse it, `conversion-country`. */
  | { kind: 'refused'; reasons: string[]; retryAfterSeconds: number };

/** Whether a send looks like fraud: what pumps messages, whoever asks. */
@Injectable()
export class JudgeSend {
  /** Counts the send, unless it is refused. @throws 503 `unavailable` when the counters are away. */
  judge(_send: JudgedSend): Promise<Judgement> {
    return Promise.resolve({ kind: 'allowed', shadowed: [] });
  }

  /** The send did not happen. Idempotent. */
  undo(_send: JudgedSend): Promise<void> {
    return Promise.resolve();
  }
}
