import type { RedisConnection } from '../../platform/redis/connection.js';
import { Nudge } from '../application/ports.js';

const CHANNEL = 'due';

/**
 * Wakes workers. This process's own goes first; only when it has no room (or there is none) the other nodes are told, so that
 * one start does not make every node ask Postgres.
 */
export class WakeUp extends Nudge {
  private wakeOwn: () => boolean = () => false;

  /** @param redis null when this process is the only one. */
  constructor(private readonly redis: RedisConnection | null) {
    super();
  }

  nudge(): void {
    if (!this.wakeOwn()) this.redis?.publish(CHANNEL, '');
  }

  /**
   * Connects this process's worker.
   *
   * @param wake says whether the worker has room to look at once.
   */
  async listen(wake: () => boolean): Promise<void> {
    this.wakeOwn = wake;
    await this.redis?.subscribe(CHANNEL, wake);
  }

  /** The worker takes no more: nudges go to the other nodes. */
  stopListening(): void {
    this.wakeOwn = () => false;
  }
}
