import { Injectable } from '@nestjs/common';
import { RedisConnection } from '../../platform/redis/connection.js';
import type { FactorChannel } from '../../shared/channel.js';
import { Clock } from '../../shared/clock.js';
import {
  Verifications,
  type HotState,
  type OpenState,
  type PutResult,
  type SettledAttempt,
  type Slot,
} from '../application/hot-state.js';
import type { EndStatus, VerificationStatus } from '../domain/verification.js';
import { readHashSettings, writeHashSettings } from './hash-settings-text.js';
import { script, stateKey, TOMBSTONE_MS } from './verification-keys.js';

const scripts = {
  open: script('open-verification'),
  peek: script('peek-verification'),
  putCode: script('put-code'),
  dropCode: script('drop-code'),
  end: script('end-verification'),
};

const PUT_RESULTS = { 1: 'stored', 0: 'unknown', [-1]: 'over', [-2]: 'superseded' } as const;

type PeekReply = [
  now: number,
  ends: number,
  status: VerificationStatus,
  left: number,
  application: string,
  context: string,
  length: number,
  counted: string,
  hashing: string,
  answer: string,
  factors: string,
  codesLost: 0 | 1,
];

@Injectable()
export class RedisVerifications extends Verifications {
  constructor(
    private readonly redis: RedisConnection,
    private readonly clock: Clock,
  ) {
    super();
  }

  async open(
    state: OpenState,
    life: { ttlMs: number } | { expiresAt: number },
  ): Promise<{ now: number; expiresAt: number }> {
    const [ttlMs, ends] = 'ttlMs' in life ? [life.ttlMs, 0] : [0, life.expiresAt];
    const args = [this.clock.offsetMs, ttlMs, ends, TOMBSTONE_MS, ...fieldsOf(state)];
    const reply = await scripts.open.run(this.redis, [this.key(state.id)], args);
    const [now, expiresAt] = reply as [number, number];
    return { now, expiresAt };
  }

  async peek(id: string, idempotencyKey = ''): Promise<{ state: HotState; answer: string | null } | null> {
    const reply = await scripts.peek.run(this.redis, [this.key(id)], [this.clock.offsetMs, idempotencyKey]);
    return reply ? stateOf(reply as PeekReply) : null;
  }

  async putCode(id: string, deliveryId: string, slot: Slot, askedAt = 0): Promise<PutResult> {
    const args = [this.clock.offsetMs, deliveryId, `${slot.channel}:${slot.digest}`, askedAt];
    const reply = await scripts.putCode.run(this.redis, [this.key(id)], args);
    return PUT_RESULTS[reply as keyof typeof PUT_RESULTS];
  }

  async dropCode(id: string, deliveryId: string): Promise<void> {
    await scripts.dropCode.run(this.redis, [this.key(id)], [deliveryId]);
  }

  async end(id: string, status: EndStatus, attempt?: SettledAttempt): Promise<void> {
    const settled = [attempt?.reservation ?? '', attempt?.idempotencyKey ?? '', attempt?.answer ?? ''];
    await scripts.end.run(this.redis, [this.key(id)], [status, TOMBSTONE_MS, ...settled]);
  }

  private key(id: string): string {
    return stateKey(this.redis.prefix, id);
  }
}

function fieldsOf(state: OpenState): (string | number)[] {
  const { applicationId, attemptsLeft, contextDigest, codeLength, countedAs, factorChannels, hashing } = state;
  return [
    ...['application', applicationId, 'left', attemptsLeft, 'context', contextDigest, 'length', codeLength],
    ...['counted', countedAs, 'hashing', writeHashSettings(hashing)],
    ...(factorChannels.length > 0 ? ['factors', factorChannels.join(',')] : []),
    ...(state.codesLost ? ['lost', 1] : []),
  ];
}

function stateOf(reply: PeekReply): { state: HotState; answer: string | null } {
  const [now, expiresAt, status, attemptsLeft, applicationId, contextDigest, codeLength, ...more] = reply;
  const [countedAs, hashing, answer, factors, codesLost] = more;
  const state = {
    ...{ applicationId, status, attemptsLeft, expiresAt, now, contextDigest, codeLength, countedAs },
    factorChannels: factors === '' ? [] : (factors.split(',') as FactorChannel[]),
    hashing: readHashSettings(hashing),
    codesLost: codesLost === 1,
  };
  return { state, answer: answer === '' ? null : answer };
}
