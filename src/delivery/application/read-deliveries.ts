import { Injectable } from '@nestjs/common';
import type { Cause } from '../domain/cause.js';
import type { Delivery } from '../domain/delivery.js';
import type { ReportStatus } from '../domain/outcome.js';
import type { AttemptStatus } from '../domain/send-attempt.js';
import type { SmsEncoding } from '../domain/sms-text.js';
import { DeliveryHistory } from './ledger.js';

/** A delivery as the timeline tells it; all times are ISO 8601 in UTC. */
export interface ReadDelivery extends Pick<Delivery, 'id' | 'step' | 'channel' | 'origin' | 'status' | 'cause'> {
  /** Why this step exists. */
  reason: string;
  /** Why it was not sent, or why no step came after it. */
  note: string | null;
  createdAt: string;
  sentAt: string | null;
  endedAt: string | null;
  /** Reported delivered after we had given up on it. */
  deliveredLateAt: string | null;
  attempts: ReadAttempt[];
}

export interface ReadAttempt {
  id: string;
  number: number;
  providerId: string;
  status: AttemptStatus;
  /** A short code of ours or the vendor's. */
  detail: string | null;
  /** Of a text message that was given to the provider. */
  encoding: SmsEncoding | null;
  segments: number | null;
  createdAt: string;
  endedAt: string | null;
  reports: ReadReport[];
}

export interface ReadReport {
  status: ReportStatus;
  cause: Cause | null;
  detail: string;
  /** What it changed: `delivered`, `failed`, `delivered-late`, `none: …`; null while it waits for its delivery. */
  effect: string | null;
  receivedAt: string;
}

/** What happened to a message: its deliveries in order, with their send attempts and reports. */
@Injectable()
export class ReadDeliveries {
  constructor(private readonly history: DeliveryHistory) {}

  /** @throws 503 `unavailable` */
  of(messageId: string): Promise<ReadDelivery[]> {
    return this.history.of(messageId);
  }
}
