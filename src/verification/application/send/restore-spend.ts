import { Injectable } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SpendCap } from '../../../spending/application/spend-caps.js';
import { SpendLedger } from '../../../spending/application/ports.js';
import { RaiseCap } from '../../../limits/application/raise-cap.js';

/** At once, and again when what was being accepted meanwhile has been written. */
const PAUSES_MS = [0, 1_000];

/**
 * A cap that begins at nothing may have forgotten what was spent: Redis was lost, or the cap has only just been set. What the
 * ledger knows is put back behind the send's back, so that a wiped Redis buys no second helping.
 */
@Injectable()
export class RestoreSpend {
  private readonly underWay = new Set<string>();
  /** Applications whose ledger could not be asked: their next send tries again. */
  private readonly owed = new Set<string>();

  constructor(
    private readonly ledger: SpendLedger,
    private readonly raiseCap: RaiseCap,
  ) {}

  /** Whether an application's caps still wait for what the ledger knows. */
  isOwed(applicationId: string): boolean {
    return this.owed.has(applicationId);
  }

  /** Never throws and is not waited for. Puts back only what is missing, so that it may be done twice. */
  async execute(applicationId: string, caps: readonly SpendCap[]): Promise<void> {
    if (this.underWay.has(applicationId)) return;
    this.underWay.add(applicationId);
    this.owed.delete(applicationId);
    try {
      for (const pauseMs of PAUSES_MS) {
        if (pauseMs > 0) await sleep(pauseMs, undefined, { ref: false });
        const spent = await this.ledger.byMinute(applicationId);
        await Promise.all(caps.map((cap) => this.raiseCap.execute(applicationId, cap, spent)));
      }
    } catch {
      this.owed.add(applicationId);
    } finally {
      this.underWay.delete(applicationId);
    }
  }
}
