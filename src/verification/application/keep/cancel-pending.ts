import { Endings } from '../ledger.js';
import { AuditTrail, type Actor } from '../ports.js';

const BATCH = 500;

/**
 * Ends everything that waits for a code, because the ledger was restored from a backup: what was approved or canceled since
 * the backup is pending again in it, and whoever has its code could use it a second time (I16). Their events tell the
 * applications. Messages that the backup still has in its queue are not sent either: a worker asks first.
 */
export class CancelPending {
  constructor(
    private readonly endings: Endings,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * Processes may serve meanwhile, and it may be repeated.
   *
   * @param begunBy by Postgres's clock; what began later is left alone.
   * @returns how many were pending.
   * @throws 503 `unavailable`; what was ended until then stays so, and the rest is done by repeating it.
   */
  async execute(actor: Actor, begunBy: Date): Promise<number> {
    let canceled = 0;
    for (let batch = BATCH; batch === BATCH; canceled += batch)
      batch = await this.endings.cancelPending(begunBy, BATCH);
    await this.audit.append(actor, 'ledger.restored', { canceled });
    return canceled;
  }
}
