import { Injectable } from '@nestjs/common';
import { RedisConnection } from '../../platform/redis/connection.js';
import type { Channel } from '../../shared/channel.js';
import { Clock } from '../../shared/clock.js';
import { Attempts, type Attempt, type Reservation, type SettledAttempt, type Slot } from '../application/hot-state.js';
import type { EndStatus } from '../domain/verification.js';
import { readHashSettings } from './hash-settings-text.js';
import { GUESS_LEASE_MS, script, stateKey } from './verification-keys.js';

const scripts = {
  reserve: script('reserve-attempt'),
  settle: script('settle-attempt'),
  refund: script('refund-attempt'),
};

@Injectable()
export class RedisAttempts extends Attempts {
  constructor(
    private readonly redis: RedisConnection,
    private readonly clock: Clock,
  ) {
    super();
  }

  async reserve(id: string, attempt: Attempt): Promise<Reservation> {
    const { reservation, idempotencyKey = '', guess = '' } = attempt;
    const args = [this.clock.offsetMs, reservation, GUESS_LEASE_MS, idempotencyKey, guess];
    const reply = await scripts.reserve.run(this.redis, [stateKey(this.redis.prefix, id)], args);
    return reservationOf(reply as [number, ...(string | number)[]]);
  }

  async settle(id: string, attempt: SettledAttempt): Promise<void> {
    const args = [attempt.reservation, attempt.idempotencyKey ?? '', attempt.answer ?? ''];
    await scripts.settle.run(this.redis, [stateKey(this.redis.prefix, id)], args);
  }

  async refund(id: string, attempt: Attempt): Promise<void> {
    const args = [attempt.reservation, attempt.idempotencyKey ?? ''];
    await scripts.refund.run(this.redis, [stateKey(this.redis.prefix, id)], args);
  }
}

/** The words behind the script's small integers; see its Returns line. */
function reservationOf([code, ...rest]: [number, ...(string | number)[]]): Reservation {
  switch (code) {
    case 1: {
      const [attemptsLeft, lost, hashing, ...slots] = rest as [number, 0 | 1 | 2, string, ...string[]];
      const settings = readHashSettings(hashing);
      const afterLost = lost === 2 ? 'same-guess' : lost === 1;
      return { kind: 'reserved', attemptsLeft, afterLost, hashing: settings, slots: slots.map(slotOf) };
    }
    case 2:
      return { kind: 'answered', answer: String(rest[0]) };
    case 3:
      return { kind: 'in-flight' };
    case 4:
      return { kind: 'other-guess' };
    case -1:
      return { kind: 'ended', status: 'expired' };
    case -2:
      return { kind: 'used-up', settled: false };
    case -3:
      return { kind: 'used-up', settled: true };
    case -4:
      return { kind: 'ended', status: rest[0] as EndStatus };
    default:
      return { kind: 'unknown' };
  }
}

function slotOf(slot: string): Slot {
  const [channel, digest = ''] = slot.split(':');
  return { channel: channel as Channel, digest };
}
