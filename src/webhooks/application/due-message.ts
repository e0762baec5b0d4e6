import type { Signature } from '../domain/signing-secret.js';

/** A message that this process has in hand, until its lease ends. */
export interface DueMessage {
  endpointId: string;
  eventId: string;
  applicationId: string;
  url: string;
  /** JSON, as receivers get it. */
  body: string;
  signature: Signature;
  /** Sealed: the endpoint's secret, and the former one while it still signs. */
  secrets: string[];
  /** How many it has had. */
  tries: number;
  /** Proves the holding. */
  lease: string;
  /** On this process's clock, in milliseconds. */
  leaseEndsAtMs: number;
}

/** Of whom a process has messages in hand: each endpoint and each application has only so many places. */
export type InHand = Pick<DueMessage, 'endpointId' | 'applicationId'>;
