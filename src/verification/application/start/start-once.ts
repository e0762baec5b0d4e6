import { Injectable } from '@nestjs/common';
import { ReadDeliveries } from '../../../delivery/application/read-deliveries.js';
import { idempotencyName } from '../../../shared/idempotency-name.js';
import { idempotencyMismatch } from '../../domain/refusals.js';
import { Ledger } from '../ledger.js';
import { canonicalJson } from '../../../shared/canonical-json.js';
import { IdempotencyMarkers } from '../hot-state.js';
import { Fingerprints } from '../ports.js';
import { sendsFirst } from '../../domain/plan-channels.js';
import type { StartOrder } from './start-request.js';
import type { Started } from './start-verification.js';
import type { Whom } from './resolve-start.js';

/** Idempotency-Key of a start (R29): unique per application in the ledger for a day, with a short marker while in flight. */
@Injectable()
export class StartOnce {
  constructor(
    private readonly markers: IdempotencyMarkers,
    private readonly ledger: Ledger,
    private readonly fingerprints: Fingerprints,
    private readonly deliveries: ReadDeliveries,
  ) {}

  /** False when another request with this key is being answered right now. */
  async claim(applicationId: string, key: string | null): Promise<boolean> {
    return key === null || this.markers.claim(applicationId, idempotencyName(key));
  }

  /** Lets go of the key. Never throws. */
  async release(applicationId: string, key: string | null): Promise<void> {
    if (key !== null) await this.markers.release(applicationId, idempotencyName(key)).catch(() => undefined);
  }

  /**
   * What an earlier request with this key was answered, or null.
   * @throws 422 `idempotency-mismatch` when that request had another body.
   */
  async earlier(
    applicationId: string,
    key: string | null,
    request: StartOrder,
  ): Promise<Omit<Started, keyof Whom> | null> {
    const record = key === null ? null : await this.ledger.findByIdempotencyKey(applicationId, key);
    if (!record) return null;
    if (!this.fingerprints.matches(record.idempotencyFingerprint ?? '', canonicalJson(request)))
      throw idempotencyMismatch();
    const { id, channels, expiresAt, resendAt, maxAttempts } = record;
    const deliveryId = sendsFirst(channels) ? ((await this.deliveries.of(id))[0]?.id ?? '') : null;
    return { id, deliveryId, channels, expiresAt, resendAt, attemptsLeft: maxAttempts };
  }
}
