import type { Signature } from '../domain/signing-secret.js';

/** Whose endpoints somebody acts on. */
export interface EndpointKeeper {
  applicationId: string;
  /** Id of the API key, for the audit log. */
  actor: string;
}

/** What an administrator decides about an endpoint. */
export interface EndpointTerms {
  url: string;
  /** For people: what it is for. */
  description: string;
  /** Types such as `delivery.failed` and families such as `delivery.*`; null: all. */
  events: string[] | null;
}

/** Where an application is told of events. The secret is not shown again. */
export interface Endpoint extends EndpointTerms {
  id: string;
  signature: Signature;
  /** What receivers of `v1a` verify with; null for `v1`. */
  publicKey: string | null;
  /** False: what is owed waits, and nothing new is kept for it. */
  enabled: boolean;
  /** Why not, where it is not. */
  disabledBecause: string | null;
  /** Since when every try has failed; null while the last one did not. */
  failingSince: Date | null;
  /** Until then the secret before the last rotation signs as well; null while only one does. */
  oldSecretUntil: Date | null;
  version: number;
  createdAt: Date;
}

/** A secret as it rests: sealed, and what of it is public. */
export interface SealedSecret {
  sealed: string;
  publicKey: string | null;
}

export interface NewEndpoint extends EndpointTerms {
  id: string;
  signature: Signature;
  secret: SealedSecret;
  /** Whether its administrator brought the secret along. */
  imported: boolean;
}

export interface EndpointChange extends EndpointTerms {
  id: string;
  enabled: boolean;
  version: number;
}

export interface SecretChange {
  id: string;
  secret: SealedSecret;
  imported: boolean;
  /** For how long the former secret signs as well; 0: it ends now. */
  overlapHours: number;
}

/** The endpoints of applications as they are kept. Every change is in the audit log, or did not happen. */
export abstract class EndpointLedger {
  /** Oldest first. */
  abstract list(applicationId: string): Promise<Endpoint[]>;
  /** @throws 404 `not-found`, for another application's, too. */
  abstract find(applicationId: string, id: string): Promise<Endpoint>;
  /** @throws 404 `not-found` when there is no such application; 422 `too-many-endpoints` when it would have more than `most`. */
  abstract add(keeper: EndpointKeeper, endpoint: NewEndpoint, most: number): Promise<Endpoint>;
  /** @throws 404 `not-found`; 412 `version-mismatch`. */
  abstract replace(keeper: EndpointKeeper, to: EndpointChange): Promise<Endpoint>;
  /** With it goes what it is still owed. @throws 404 `not-found` */
  abstract remove(keeper: EndpointKeeper, id: string): Promise<void>;
  /** One guarded change. @throws 404 `not-found`; 409 `already-rotated` while a former secret still signs, unless there is no overlap. */
  abstract changeSecret(keeper: EndpointKeeper, change: SecretChange): Promise<Endpoint>;
}
