import type { Channel, CodeChannel } from '../../shared/channel.js';
import type { AllowedCountries } from '../../shared/country.js';
import type { Recipients } from '../../shared/recipient.js';
import type { Requester } from '../../shared/requester.js';
import type { SealedWording } from '../domain/message-text.js';
import type { Senders } from '../domain/sender-of.js';
import type { Templates } from '../domain/templates.js';
import type { HashSettings } from './hot-state.js';

/** argon2id behind a bounded queue. */
export abstract class CodeHasher {
  /** A place in the queue for a check. @throws 503 `overloaded` when it is full; nothing has been spent then. */
  abstract enter(): HashPlace;
  /** A place for the worker, which is never refused. */
  abstract enterAlways(): HashPlace;
  /** Fresh salt, the configured cost, the newest pepper. */
  abstract newSettings(): HashSettings;
  /** argon2id(code) with the pepper as `secret` and `context` as associated data; base64url. @throws 503 for an unknown pepper. */
  abstract digest(code: string, settings: HashSettings, context: string): Promise<string>;
}

export interface HashPlace {
  run<T>(hash: () => Promise<T>): Promise<T>;
  /** Gives an unused place back; harmless after `run`. */
  leave(): void;
}

/** A recipient at rest: sealed for sending, indexed for finding, named for counting. */
export abstract class RecipientVault {
  /** @param details everything personal of one verification, as JSON */
  abstract seal(verificationId: string, details: SealedDetails): string;
  /** @throws 503 `unavailable` when its key is not on this node; an error when it was altered or belongs to another verification */
  abstract open(verificationId: string, sealed: string): SealedDetails;
  /** Keyed indexes under every secret, newest first. */
  abstract indexes(countedAs: string): Buffer[];
  /** Key ids that `open` knows and `seal` does not use; none while there is only one key. */
  abstract olderKids(): string[];
  /** Keyed name for limits, stable while a rotation is under way. */
  abstract limitKey(countedAs: string): string;
}

/** The binding is there only where a message tells it. */
export interface SealedDetails extends SealedWording {
  to: Recipients;
  /** Who started it, for the limits of later messages. Absent in what was sealed before 2026-11. */
  requester?: Requester | undefined;
}

/** Keyed digests of texts that must be compared but not kept. */
export abstract class Fingerprints {
  /** A digest under the newest key, with its key id. */
  abstract of(text: string): string;
  /** A digest that two nodes make alike while a rotation is under way, for who can only compare digests. Has no `|`. */
  abstract stable(text: string): string;
  /** @throws 503 `unavailable` when the fingerprint's secret is not on this node. */
  abstract matches(fingerprint: string, text: string): boolean;
}

/** The tenants' settings, every gap filled. */
export abstract class Tenants {
  /** At most a few seconds old. @throws 404 for an unknown application, 503 `unavailable` */
  abstract settings(applicationId: string): Promise<TenantSettings>;
}

export interface TenantSettings {
  plan: CodeChannel[];
  policy: {
    codeLength: number;
    ttlSeconds: number;
    maxAttempts: number;
    maxSends: number;
    /** One for all channels, or one for each. */
    reportTimeoutSeconds: number | Record<Channel, number>;
    tryOtherProviderOnFailure: boolean;
  };
  /** What messages may cost, as decimal amounts; null: anything. */
  spend: { mode: 'off' | 'shadow' | 'enforce'; perDay: string; perHour?: string | undefined } | null;
  /** Where messages to phones may go. */
  countries: AllowedCountries;
  senderName: string;
  /** The application's own name, as it can be said; what it calls itself in messages may be another. */
  applicationName: string;
  defaultCountry: string | undefined;
  locale: string;
  templates: Templates;
  senders: Senders;
  /** Whether calls ask for a key before they tell a code. */
  voice: { keyPress: boolean };
}

/** Whoever holds the API key a change was made with; an operator belongs to no application. */
export interface Actor {
  keyId: string;
  applicationId: string | null;
}

/** The append-only record of what people did. */
export abstract class AuditTrail {
  /** @param details never a recipient: the trail outlives every erasure */
  abstract append(actor: Actor, action: string, details: Record<string, unknown>): Promise<void>;
}
