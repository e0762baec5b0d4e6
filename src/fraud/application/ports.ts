import type { Breaker, Trip } from '../domain/breaker.js';
import type { BlockSettings, DetectorSettings, SequenceSettings } from '../domain/detector-settings.js';

/** How detectors are set. */
export abstract class Settings {
  /** At most a few seconds old. @throws 503 `unavailable` */
  abstract of(applicationId: string): Promise<{ detectors: DetectorSettings; codeLifeMs: number }>;
}

/** Keyed names for what could tell a person. */
export abstract class Names {
  /** The same for the same text on every node; nobody without the key can find the text by trying. */
  abstract of(text: string): string;
}

/** A number among the others of its block, under keyed names. */
export interface WatchedNumber {
  block: string;
  name: string;
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
  /** Breakers that are open now, those that only tell included. */
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
  /**
   * Counts the verification in every breaker, or in none when one that refuses is open. Once per verification, whichever of its
   * deliveries comes first. One that was open for its time lets `PROBES` through, to see whether they are approved.
   */
  abstract judge(send: WatchedSend): Promise<SendFinding>;
  /** The delivery did not happen: gives back what it counted. Idempotent; changes nothing for what was not counted. */
  abstract undo(send: WatchedSend): Promise<void>;
  /**
   * The verification was approved. Counts where and when its send was counted, once; nothing when that is not known any more.
   *
   * @returns the breakers that close by it.
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
  /** Those that are open, or being tried out; with the store's now. */
  abstract of(applicationId: string): Promise<{ trips: Trip[]; now: number }>;
  /** Closes a breaker and begins its counts anew. False when it was not tripped. */
  abstract clear(applicationId: string, name: string): Promise<boolean>;
}

/** So many are let through when a breaker was open for its time. */
export const PROBES = 5;

/** So many of them must be approved, and it closes. */
export const GOOD_PROBES = 2;

/** Where applications are told what happens to their traffic. */
export abstract class Told {
  /** @param payload thin: no code, no recipient. @throws 503 `unavailable` */
  abstract tell(event: { applicationId: string; type: string; payload: Record<string, unknown> }): Promise<void>;
}

/** The record of what people did. */
export abstract class Trail {
  /** @throws 503 `unavailable` */
  abstract append(entry: {
    actor: string;
    action: string;
    target: string;
    details: Record<string, unknown>;
  }): Promise<void>;
}

/** Whose traffic there is. */
export abstract class Owners {
  /** Ids of all applications. @throws 503 `unavailable` */
  abstract ids(): Promise<string[]>;
}
