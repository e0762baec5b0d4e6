import type { Channel, FactorChannel } from '../../shared/channel.js';
import type { EndStatus, VerificationStatus } from '../domain/verification.js';

/** How a verification's codes are hashed: fixed per verification, kept beside the digests. */
export interface HashSettings {
  /** 16 random bytes, base64url. */
  salt: string;
  /** argon2id's `memoryKiB,passes,lanes`. */
  cost: string;
  /** Which secret the pepper is derived from. */
  kid: string;
}

/** What the hot store knows of a verification while it lives, and 15 minutes longer. */
export interface HotState {
  applicationId: string;
  status: VerificationStatus;
  attemptsLeft: number;
  /** Epoch milliseconds; the store's own clock, like `now`. */
  expiresAt: number;
  now: number;
  contextDigest: string;
  codeLength: number;
  /** What failure budgets count: a keyed index, not the recipient. */
  countedAs: string;
  /** Which codes of the subject's factors are accepted; none in a state that a version before wrote. */
  factorChannels: readonly FactorChannel[];
  /** Digests of codes that were sent were lost with a former state, and there is none of a later one. */
  codesLost?: boolean;
  hashing: HashSettings;
}

export interface OpenState extends Omit<HotState, 'status' | 'expiresAt' | 'now'> {
  id: string;
}

/** A live digest: which delivery's code it is. */
export interface Slot {
  channel: Channel;
  /** argon2id, 32 bytes, base64url. */
  digest: string;
}

export type PutResult = 'stored' | 'superseded' | 'over' | 'unknown';

/**
 * Hot state of verifications: Redis, or memory when embedded. Holds digests, never codes. Up to three slots, one per delivery,
 * all valid under one attempt budget.
 *
 * Every method throws 503 `unavailable` when the store can not be reached.
 */
export abstract class Verifications {
  /**
   * Opens a state with no code yet, to end `life.ttlMs` from now, or at `life.expiresAt` when a lost one is rebuilt.
   * Never overwrites a state that exists. Gives the store's now and the end, in epoch milliseconds.
   */
  abstract open(
    state: OpenState,
    life: { ttlMs: number } | { expiresAt: number },
  ): Promise<{ now: number; expiresAt: number }>;

  /** Reads a state, and the answer that an idempotency key already got. Null when there is none (any more). */
  abstract peek(id: string, idempotencyKey?: string): Promise<{ state: HotState; answer: string | null } | null>;

  /**
   * Puts a delivery's digest into its slot, only while pending; the oldest of more than three goes. `superseded`: the slot holds
   * the answer to a question asked as late or later, and is left as it is.
   *
   * @param askedAt where several may ask for the same delivery's code at once: the store's now when this one did.
   */
  abstract putCode(id: string, deliveryId: string, slot: Slot, askedAt?: number): Promise<PutResult>;

  /** Removes a delivery's digest: its message was definitely not taken. */
  abstract dropCode(id: string, deliveryId: string): Promise<void>;

  /** Marks the end, wipes the digests, settles `attempt` if given, and keeps a tombstone for 15 minutes. */
  abstract end(id: string, status: EndStatus, attempt?: SettledAttempt): Promise<void>;
}

export interface Attempt {
  /** Identifies one reservation; every call with it is idempotent. */
  reservation: string;
  /** Short name of the caller's Idempotency-Key, when there is one. */
  idempotencyKey?: string;
  /**
   * Keyed digest of what is guessed, with an idempotency key: when the request is lost, and no attempt is left or in flight, the
   * same guess alone goes on with its attempt. Else whoever asks with the key then takes an attempt of its own.
   */
  guess?: string;
}

export interface SettledAttempt extends Attempt {
  /** What a replay with the same idempotency key is told; see `answer.ts`. */
  answer?: string;
}

export type Reservation =
  /**
   * `afterLost`: an earlier request with this idempotency key never settled, and may have compared its guess. `same-guess`: this
   * one goes on with its attempt, which is never given back.
   */
  | { kind: 'reserved'; attemptsLeft: number; afterLost: boolean | 'same-guess'; hashing: HashSettings; slots: Slot[] }
  /** The idempotency key has its answer already, or its first request is still in flight, or can not be gone on with yet. Nothing was spent. */
  | { kind: 'answered'; answer: string }
  | { kind: 'in-flight' }
  /** The request with the idempotency key that was lost with the last attempt guessed something else. Nothing was spent. */
  | { kind: 'other-guess' }
  /** None left. `settled`: no guess is in flight any more, so the verification has failed. */
  | { kind: 'used-up'; settled: boolean }
  | { kind: 'ended'; status: EndStatus }
  | { kind: 'unknown' };

/** The attempt budget: reserve before hashing, then settle or refund. Each is one atomic decision, idempotent by reservation. */
export abstract class Attempts {
  /** Spends one attempt, if the verification is pending, not expired and has one left. */
  abstract reserve(id: string, attempt: Attempt): Promise<Reservation>;
  /** The guess was compared and wrong, or it named another context: the attempt stays spent. */
  abstract settle(id: string, attempt: SettledAttempt): Promise<void>;
  /** Nothing was compared: the attempt is given back. */
  abstract refund(id: string, attempt: Attempt): Promise<void>;
}

/** The in-flight marker of a start's Idempotency-Key. The key itself is unique in the ledger; this only spots two at once. */
export abstract class IdempotencyMarkers {
  /** False when another request holds it. One whose process died frees itself within 30 s. */
  abstract claim(applicationId: string, key: string): Promise<boolean>;
  /** Frees the key; harmless when nobody holds it. */
  abstract release(applicationId: string, key: string): Promise<void>;
}
