import type { Channel } from '../../shared/channel.js';
import type { Way } from '../../shared/observations.js';
import type { Cause } from '../domain/cause.js';
import type { StepTaken } from '../domain/choose-next-step.js';
import type { Delivery, DeliveryStatus } from '../domain/delivery.js';
import type { Report, ReportStatus } from '../domain/outcome.js';
import type { ReportEffect } from '../domain/report-effect.js';
import type { AttemptStatus } from '../domain/send-attempt.js';
import type { SmsSize } from '../domain/sms-text.js';
import type { ReadDelivery } from './read-deliveries.js';

/** A delivery that this worker holds until its lease passes. */
export interface DueDelivery extends Delivery {
  /** Proof of holding it. Every write names it and changes nothing once somebody else has the row, or a report moved it. */
  lease: string;
  /** End of the lease by this process's clock, counted from before it was asked for: never later than the real one. */
  leaseEndsAtMs: number;
  /** Rest of the message's life by Postgres's clock. */
  secondsLeft: number;
  /** Providers of the attempts that were handed over so far, in order. */
  tried: string[];
  /** Providers over which the channel has failed before: this delivery exists to try another one. */
  ruledOut: string[];
  /** Provider of the attempt that is being made, else of the last one; null before the first. */
  provider: string | null;
}

/** In how many milliseconds something is due because of what was done; null when nothing is soon. */
export type DueInMs = number | null;

/** Where a held delivery goes when its holder is done with it. */
export type Settlement =
  /** Another attempt, after a pause. */
  | { status: 'queued'; inMs: number }
  /** A provider has it, or may have it: due again when its report timeout ends. */
  | { status: 'sent'; note?: string }
  | { status: 'failed'; cause: Cause; note?: string }
  | { status: 'unconfirmed' }
  | { status: 'canceled'; note: string; nextStep: boolean };

export interface AttemptEnd {
  id: string;
  status: Exclude<AttemptStatus, 'submitting'>;
  detail?: string;
  providerMessageId?: string;
  /** Of its text, where it was a text message that a provider was given. */
  size?: SmsSize | null;
}

/** Deliveries that need something done, one holder at a time. Throws 503 `unavailable` when Postgres can not be reached. */
export abstract class DueDeliveries {
  /** Takes up to `limit` due deliveries that nobody holds, longest due first, for 15 s. Atomic; no row goes to two callers. */
  abstract claim(limit: number): Promise<DueDelivery[]>;

  /**
   * `queued → submitting` together with the send attempt's row, committed before any provider is called. The
   * lease starts anew.
   *
   * @returns null when it may not be sent: not held or not queued any more, its life is over, or it is an automatic step and
   * a message has arrived since the person last asked for one.
   */
  abstract begin(due: DueDelivery, attempt: { id: string; providerId: string }): Promise<DueDelivery | null>;

  /**
   * Ends the holding with the delivery's new state, and records what became of the attempt, in one statement. A delivery that
   * is not held any more stays as it is; the attempt is recorded all the same.
   */
  abstract settle(due: DueDelivery, to: Settlement, attempt?: AttemptEnd): Promise<DueInMs>;

  /** Nothing more is to be done for a delivery that has ended; `note` joins what is noted already. */
  abstract close(due: DueDelivery, note?: string): Promise<void>;

  /** Gives held deliveries back as they are, due again after `inMs`. */
  abstract release(due: DueDelivery[], inMs: number): Promise<void>;

  /** Queued deliveries of a channel that wait for a pause to end are due now. */
  abstract hurry(channel: Channel): Promise<void>;
}

/** A stored report and the delivery it speaks of; null while nobody knows that delivery. */
export interface KeptReport {
  id: string;
  attemptId: string | null;
  status: ReportStatus;
  cause: Cause | null;
  transient: boolean;
  delivery: { id: string; status: DeliveryStatus; attemptId: string | null } | null;
  /** How the attempt it speaks of went out, and when (epoch seconds of Postgres); null with its delivery. */
  way: (Way & { submittedAt: number }) | null;
}

/** Delivery reports: stored first, applied then. Throws 503 `unavailable` when Postgres can not be reached. */
export abstract class Reports {
  /**
   * Stores a report once (by provider, attempt or provider message id, status and detail).
   *
   * @returns the report with its delivery; null when it has been stored and applied before.
   */
  abstract keep(report: Report): Promise<KeptReport | null>;

  /** A stored report that has had no effect yet, with its delivery as it is now; null when it has had one. */
  abstract find(id: string): Promise<KeptReport | null>;

  /** Stored reports about a delivery that have had no effect yet, oldest first. */
  abstract waitingFor(deliveryId: string): Promise<KeptReport[]>;

  /**
   * Moves the delivery and notes the effect, in one statement. A moved delivery is taken out of its holder's hands.
   *
   * @returns false when the delivery is not any more as `report` says; nothing has changed then.
   */
  abstract apply(report: KeptReport, effect: ReportEffect): Promise<boolean>;
}

/** A send attempt whose provider is to be asked what became of it. */
export interface PolledAttempt {
  attemptId: string;
  providerMessageId: string;
}

/** Send attempts of providers that have to be asked. Throws 503 `unavailable` when Postgres can not be reached. */
export abstract class PolledAttempts {
  /**
   * Takes up to `limit` attempts that a provider has accepted, whose delivery still waits for a report, and about which nobody
   * has asked for `everySeconds`; longest ago first. Atomic: nobody else gets them until that time has passed again.
   */
  abstract claim(of: { providerId: string; everySeconds: number; limit: number }): Promise<PolledAttempt[]>;
}

/** What happened to a message so far. Throws 503 `unavailable` when Postgres can not be reached. */
export abstract class DeliveryHistory {
  /** For the fallback policy: the message's steps in order, each with its number. */
  abstract steps(messageId: string): Promise<(StepTaken & { step: number })[]>;
  /** For people: deliveries in order, each with its attempts and their reports. */
  abstract of(messageId: string): Promise<ReadDelivery[]>;
  /** Deletes the deliveries of messages with their attempts and reports, in one statement. */
  abstract forget(messageIds: string[]): Promise<void>;
  /** Deletes up to a thousand reports older than `days` whose send attempt nobody knows (any more); gives how many. */
  abstract forgetStrayReports(days: number): Promise<number>;
}
