import type { Breaker, Trip } from '../domain/breaker.js';
import type { BlockSettings, DetectorSettings, SequenceSettings } from '../domain/detector-settings.js';

/** Whose traffic there is. */
export abstract class WatchedApplications {
  /** How its detectors are set; at most a few seconds old. @throws 503 `unavailable` */
  abstract settingsOf(applicationId: string): Promise<{ detectors: DetectorSettings; codeLifeMs: number }>;
  /** Ids of all. @throws 503 `unavailable` */
  abstract ids(): Promise<string[]>;
}

/** Keyed names for what could tell a person. */
export abstract class WatchedNames {
  /** The same for the same text on every node; nobody without the key can find the text by trying. */
  abstract of(text: string): string;
}

/** A number among the others of its block, under keyed names. */
export interface WatchedNumber {
  block: string;
  name: string;
  /** Who asks for it; null where the application does not tell. */
  network: string | null;
  neighbours: string[];
  /** Null where the detector is off. */
  sequence: SequenceSettings | null;
  spread: BlockSettings | null;
}

export interface WatchedSend {
  applicationId: string;
  verificationId: string;
  deliveryId: string;
  /** After so long a code can not be typed any more, and a send that was not approved has failed. */
  codeLifeMs: number;
  breakers: Breaker[];
  /** Null for what is not watched as one of many. */
  number: WatchedNumber | null;
}

export interface SendFinding {
  /** Breakers that are tripped now, those that only tell included. */
  open: { name: string; waitMs: number }[];
  /** Those that this very send has tripped. Of all nodes one is told. */
  tripped: Trip[];
  /** For how long new codes shall be longer; 0 for not at all. */
  longerForMs: number;
}

/**
 * Messages and what became of them. Redis in production, memory when embedded; one contract suite for both. Every method throws
 * 503 `unavailable` when the store can not be reached, and everything it keeps ends by itself.
 */
export abstract class WatchedSends {
  /** What {@link judge} would find, as far as it is known without counting the send. Changes nothing. */
  abstract look(send: WatchedSend): Promise<Omit<SendFinding, 'tripped'>>;
  /**
   * Counts the verification in every breaker, or in none when one that refuses is tripped. Once per verification, whichever of its
   * deliveries comes first. One whose time is over lets `PROBES` through, to see whether they are approved.
   */
  abstract judge(send: WatchedSend): Promise<SendFinding>;
  /** The delivery did not happen: gives back what it counted. Idempotent; changes nothing for what was not counted. */
  abstract undo(send: WatchedSend): Promise<void>;
  /**
   * The verification was approved. Counts where and when its send was counted, once; nothing when that is not known any more.
   *
   * @returns the breakers that clear by it.
   */
  abstract approved(send: WatchedSend): Promise<string[]>;
}

export interface WatchedGuess {
  applicationId: string;
  verificationId: string;
  right: boolean;
  breakers: Breaker[];
  /** For how long new codes are longer when one trips; 0 for not at all. */
  longerForMs: number;
}

/** Guesses across verifications. */
export abstract class WatchedGuesses {
  /** Milliseconds until the breaker lets guesses pass; 0 when it does. */
  abstract waitMs(applicationId: string, breaker: Breaker): Promise<number>;
  /** Counts the verification as failed or approved, once each; one that is approved has not failed. @returns what it tripped. */
  abstract count(guess: WatchedGuess): Promise<Trip[]>;
}

/** What is tripped now. */
export abstract class Trips {
  /** Those that refuse or only tell now, and those that are being tried out; with the store's now. */
  abstract of(applicationId: string): Promise<{ trips: Trip[]; now: number }>;
  /** Clears a breaker and begins its counts anew. False when it was not tripped. */
  abstract clear(applicationId: string, name: string): Promise<boolean>;
}

/** Where it is written down what tripped and what cleared. */
export abstract class TripRecord {
  /**
   * Tells the application.
   *
   * @param payload thin: no code, no recipient.
   * @throws 503 `unavailable`
   */
  abstract tell(event: { applicationId: string; type: string; payload: Record<string, unknown> }): Promise<void>;

  /** Puts into the audit log that somebody clears a trip. @throws 503 `unavailable` */
  abstract audit(entry: {
    actor: string;
    action: string;
    target: string;
    details: Record<string, unknown>;
  }): Promise<void>;
}
