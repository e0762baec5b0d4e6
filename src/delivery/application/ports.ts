import type { Channel } from '../../shared/channel.js';
import type { Delivery, Origin } from '../domain/delivery.js';
import type { Speech } from '../domain/speech.js';

/** What is to be sent, whoever sends it. */
export interface OutgoingMessage {
  /** Canonical address: E.164 or one mailbox. */
  to: string;
  text: string;
  /** E-mail only: its subject, and the same text for those who read HTML. */
  subject?: string;
  html?: string;
  /** Calls only: the text as it is to be spoken. */
  speech?: Speech;
  /**
   * Calls only: `speech` carries nothing yet, it asks for a key. What the call is about is said once the key was pressed, by
   * whoever hears it, so that no answering machine keeps it; the source is asked for it then.
   */
  keyPress?: boolean;
  /** What the phone is to show as the sender; absent: what the provider's configuration says. */
  from?: string;
  /** BCP 47, like `de` or `de-AT`. */
  locale: string;
  /** Remaining life of what it carries: what arrives later is worth nothing, so that every message is given this validity. */
  validForSeconds: number;
}

/** What the source of a message says when a delivery's turn has come. */
export type Claim =
  | { kind: 'send'; message: OutgoingMessage }
  /**
   * Not to be sent. `over`: the message needs nothing more (approved, canceled, expired …). `skip`: only this step is not
   * allowed (a limit); the reason is recorded and the next channel is tried.
   */
  | { kind: 'stop'; then: 'over' | 'skip'; reason: string };

/** What a call says once its key was pressed. `over`: why there is nothing to hear any more, for who has waited for it. */
export interface Saying {
  kind: 'said' | 'over';
  speech: Speech;
  /** Of its words, BCP 47. */
  locale: string;
}

/** What the fallback engine must know of a message to choose its next step. */
export interface MessagePlan {
  /** Number of the current step; a step is taken from it exactly once. */
  step: number;
  /** Channels in order of preference, only those the recipient has an address for. */
  channels: Channel[];
  expiresAt: Date;
  /** How many more sends the message may have, user-asked ones included. */
  sendsLeft: number;
  /** Whether a transient failure is tried over another provider of the channel before the next channel: one more send. */
  tryOtherProvider: boolean;
}

export interface NextDelivery {
  channel: Channel;
  origin: Origin;
  /** Why this step exists, for the timeline: `sms failed: landline`, `no report on sms within 60 s`, `asked for by the user`. */
  reason: string;
}

/**
 * Where messages come from: verification today, general messages later. Delivery knows neither codes nor limits; it asks.
 */
export abstract class MessageSource {
  /**
   * Says what a delivery carries, at the moment of sending: whether the message is still wanted, whether limits allow it, and
   * its text. Called once per send attempt, after the attempt is committed; each call makes a fresh text, and the one that an
   * earlier call made for the same delivery stops being valid.
   *
   * @throws 503 `unavailable` when that can not be decided now; nothing was sent, ask again later.
   */
  abstract claim(delivery: Pick<Delivery, 'id' | 'messageId' | 'channel' | 'origin'>): Promise<Claim>;

  /**
   * Says what a call is about, once somebody has pressed its key. Nothing is counted again: the call was. Each call makes a fresh
   * text and the delivery's former one stops being valid: a vendor that asks again has not spoken what it was told before.
   *
   * @throws 503 `unavailable` when that can not be decided now.
   */
  abstract afterKey(delivery: Pick<Delivery, 'id' | 'messageId' | 'channel'>): Promise<Saying>;

  /** The provider definitely did not take the delivery's last text: what it carried is forgotten. */
  abstract withdraw(delivery: Pick<Delivery, 'id' | 'messageId'>): Promise<void>;

  /**
   * The delivery has ended, no provider has taken it, and that is not its recipient's doing: whatever it was counted for is given
   * back. Idempotent.
   *
   * @throws 503 `unavailable`
   */
  abstract cameToNothing(delivery: Pick<Delivery, 'id' | 'messageId' | 'channel' | 'origin'>): Promise<void>;

  /** The message's plan, or null when it is over or gone and no further step may be taken. */
  abstract plan(messageId: string): Promise<MessagePlan | null>;

  /**
   * Takes the step after `fromStep` exactly once: advances the message and inserts the delivery, due now, in one statement,
   * only while the message is pending, stands at `fromStep` and has sends left.
   *
   * @returns the new delivery's id, or null when somebody else took the step or it may not be taken.
   */
  abstract advance(messageId: string, fromStep: number, next: NextDelivery): Promise<string | null>;
}

/** Wakes workers when something became due: this process at once, other nodes by message. Losing it costs a polling interval. */
export abstract class Nudge {
  /** Something is due now. Never throws and is not waited for. */
  abstract nudge(): void;
}
