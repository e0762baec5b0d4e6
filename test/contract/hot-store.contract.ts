import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Attempts, OpenState, Verifications } from '../../src/verification/application/hot-state.js';
import { ShiftedClock } from '../support/shifted-clock.js';
import { lostAttemptsContract } from './lost-attempts.contract.js';

export interface HotStore {
  verifications: Verifications;
  attempts: Attempts;
  close: () => void;
}

const TOMBSTONE_MS = 15 * 60_000;
let count = 0;

/** What the hot state must do wherever it rests: in Redis or in memory. Every test has a verification of its own. */
export function hotStoreContract(where: string, open: (clock: ShiftedClock) => Promise<HotStore>): void {
  describe(`hot state ${where}`, () => {
    const clock = new ShiftedClock();
    let store: HotStore;
    beforeAll(async () => {
      store = await open(clock);
    });
    afterAll(() => {
      store.close();
    });

    const opened = async (over: Partial<OpenState> = {}, ttlMs = 300_000): Promise<string> => {
      count += 1;
      const id = `ver_${String(count).padStart(22, '0')}`;
      const state: OpenState = {
        ...{ id, applicationId: 'app_1', attemptsLeft: 5, contextDigest: 'k.ctx', codeLength: 6, countedAs: 'who' },
        factorChannels: [],
        hashing: { salt: 'c2FsdA', cost: '4096,1,1', kid: 'k' },
        ...over,
      };
      await store.verifications.open(state, { ttlMs });
      return id;
    };
    const left = async (id: string) => (await store.verifications.peek(id))?.state.attemptsLeft;
    const reserve = (id: string, reservation: string, idempotencyKey?: string) =>
      store.attempts.reserve(id, { reservation, ...(idempotencyKey && { idempotencyKey }) });

    it('gives back what was opened, with an end by its own clock', async () => {
      const id = await opened();
      const found = await store.verifications.peek(id);
      expect(found?.answer).toBeNull();
      expect(found?.state).toMatchObject({
        ...{ applicationId: 'app_1', status: 'pending', attemptsLeft: 5, contextDigest: 'k.ctx', codeLength: 6 },
        ...{ countedAs: 'who', factorChannels: [], hashing: { salt: 'c2FsdA', cost: '4096,1,1', kid: 'k' } },
      });
      const life = (found?.state.expiresAt ?? 0) - (found?.state.now ?? 0);
      expect(life).toBeGreaterThan(295_000);
      expect(life).toBeLessThanOrEqual(300_000);
    });

    it('knows which codes of factors are accepted', async () => {
      const id = await opened({ factorChannels: ['totp', 'backup-code'] });
      const found = await store.verifications.peek(id);
      expect(found?.state.factorChannels).toEqual(['totp', 'backup-code']);
    });

    it('knows nothing of an id that was never opened', async () => {
      expect(await store.verifications.peek('ver_nobody')).toBeNull();
      expect(await reserve('ver_nobody', 'r1')).toEqual({ kind: 'unknown' });
      expect(await store.verifications.putCode('ver_nobody', 'd1', { channel: 'sms', digest: 'x' })).toBe('unknown');
    });

    it('leaves a state alone that exists when it is opened again', async () => {
      const id = await opened();
      await reserve(id, 'r1');
      await store.verifications.open(
        {
          id,
          applicationId: 'app_2',
          attemptsLeft: 9,
          contextDigest: '',
          codeLength: 8,
          countedAs: '',
          factorChannels: [],
          hashing: { salt: '', cost: '', kid: '' },
        },
        { ttlMs: 1 },
      );
      expect((await store.verifications.peek(id))?.state).toMatchObject({ applicationId: 'app_1', attemptsLeft: 4 });
    });

    it('rebuilds a lost state to end when it was told to', async () => {
      const id = `ver_rebuilt_${where}`;
      const expiresAt = clock.now() + 60_000;
      const state = { id, applicationId: 'app_1', attemptsLeft: 2, contextDigest: '', codeLength: 6, countedAs: '' };
      const hashing = { salt: 's', cost: 'c', kid: 'k' };
      await store.verifications.open({ ...state, factorChannels: [], hashing }, { expiresAt });
      expect((await store.verifications.peek(id))?.state).toMatchObject({ attemptsLeft: 2, expiresAt });
    });

    it('I5 knows that codes were lost, until there is another one', async () => {
      const id = await opened({ codesLost: true });
      const lost = async () => (await store.verifications.peek(id))?.state.codesLost;
      expect(await lost()).toBe(true);
      await store.verifications.putCode(id, 'd1', { channel: 'sms', digest: 'x' });
      expect(await lost()).toBe(false);
      await store.verifications.dropCode(id, 'd1');
      expect(await lost()).toBe(true);

      const another = await opened();
      expect((await store.verifications.peek(another))?.state.codesLost).toBe(false);
    });

    it('R13 spends the attempt before it hands anything out, and never more than there are', async () => {
      const id = await opened();
      const replies = await Promise.all(Array.from({ length: 200 }, (_, n) => reserve(id, `r${String(n)}`)));
      const reserved = replies.filter(({ kind }) => kind === 'reserved');
      expect(reserved).toHaveLength(5);
      expect(new Set(reserved.map((reply) => reply.kind === 'reserved' && reply.attemptsLeft))).toEqual(
        new Set([4, 3, 2, 1, 0]),
      );
      expect(replies.filter(({ kind }) => kind === 'used-up')).toHaveLength(195);
    });

    it('reserves once per reservation, however often it is asked', async () => {
      const id = await opened();
      await reserve(id, 'same');
      expect(await reserve(id, 'same')).toMatchObject({ kind: 'reserved', attemptsLeft: 4 });
      expect(await left(id)).toBe(4);
    });

    it('gives an attempt back once, and not after it was settled', async () => {
      const id = await opened();
      await reserve(id, 'a');
      await store.attempts.refund(id, { reservation: 'a' });
      await store.attempts.refund(id, { reservation: 'a' });
      expect(await left(id)).toBe(5);
      await reserve(id, 'b');
      await store.attempts.settle(id, { reservation: 'b' });
      await store.attempts.refund(id, { reservation: 'b' });
      expect(await left(id)).toBe(4);
    });

    it('tells used up with guesses in flight from used up for good; a guess is in flight for 5 s at most', async () => {
      const id = await opened({ attemptsLeft: 1 });
      await reserve(id, 'only');
      expect(await reserve(id, 'late')).toEqual({ kind: 'used-up', settled: false });
      clock.advance(5_001);
      expect(await reserve(id, 'later')).toEqual({ kind: 'used-up', settled: true });
      await store.attempts.settle(id, { reservation: 'only' });
      expect(await reserve(id, 'last')).toEqual({ kind: 'used-up', settled: true });
    });

    it('keeps the digests of the last three deliveries; a fresh code of one replaces its own', async () => {
      const id = await opened();
      for (const n of ['1', '2', '3', '4'])
        await store.verifications.putCode(id, `d${n}`, { channel: 'sms', digest: `old${n}` });
      await store.verifications.putCode(id, 'd3', { channel: 'sms', digest: 'new3' });
      const reply = await reserve(id, 'r');
      expect(reply.kind === 'reserved' && reply.slots.map(({ digest }) => digest)).toEqual(['old2', 'old4', 'new3']);
    });

    it('R37 keeps the code of the question that was asked last, in whatever order they are answered', async () => {
      const id = await opened();
      const answer = (askedAt: number, digest: string) =>
        store.verifications.putCode(id, 'd1', { channel: 'voice', digest }, askedAt);
      expect(await answer(2_000, 'second')).toBe('stored');
      expect(await answer(1_000, 'first')).toBe('superseded');
      expect(await answer(2_000, 'at the same time')).toBe('superseded');
      expect(await reserve(id, 'r')).toMatchObject({ slots: [{ channel: 'voice', digest: 'second' }] });
      expect(await answer(3_000, 'third')).toBe('stored');
      expect(await reserve(id, 'r2')).toMatchObject({ slots: [{ channel: 'voice', digest: 'third' }] });
    });

    it('forgets the digest of a message that was not taken', async () => {
      const id = await opened();
      await store.verifications.putCode(id, 'd1', { channel: 'sms', digest: 'one' });
      await store.verifications.putCode(id, 'd2', { channel: 'voice', digest: 'two' });
      await store.verifications.dropCode(id, 'd1');
      await store.verifications.dropCode(id, 'd1');
      const reply = await reserve(id, 'r');
      expect(reply).toMatchObject({ kind: 'reserved', slots: [{ channel: 'voice', digest: 'two' }] });
    });

    it('R4 R33 takes no code and no guess after the end of life, though the state still exists', async () => {
      const id = await opened({}, 10_000);
      clock.advance(10_001);
      expect(await store.verifications.putCode(id, 'd', { channel: 'sms', digest: 'x' })).toBe('over');
      expect(await reserve(id, 'r')).toEqual({ kind: 'ended', status: 'expired' });
      const found = await store.verifications.peek(id);
      expect(found && found.state.now >= found.state.expiresAt).toBe(true);
    });

    it.each(['approved', 'failed', 'expired', 'canceled'] as const)(
      'wipes digests at the end, and the first end stays: %s',
      async (status) => {
        const id = await opened();
        await store.verifications.putCode(id, 'd', { channel: 'sms', digest: 'x' });
        await store.verifications.end(id, status);
        await store.verifications.end(id, 'canceled');
        expect(await reserve(id, 'r')).toEqual({ kind: 'ended', status });
        expect(await store.verifications.putCode(id, 'd', { channel: 'sms', digest: 'x' })).toBe('over');
        await store.attempts.refund(id, { reservation: 'r' });
        expect((await store.verifications.peek(id))?.state.status).toBe(status);
      },
    );

    it('still answers as ended almost 15 minutes later', async () => {
      const id = await opened();
      await store.verifications.end(id, 'approved');
      clock.advance(TOMBSTONE_MS - 60_000);
      expect(await store.verifications.peek(id)).not.toBeNull();
    });

    it('R25 answers a repeated idempotency key without spending, and tells one that is in flight', async () => {
      const id = await opened();
      await reserve(id, 'first', 'key');
      expect(await reserve(id, 'again', 'key')).toEqual({ kind: 'in-flight' });
      await store.attempts.settle(id, { reservation: 'first', idempotencyKey: 'key', answer: 'wrong|4|digest' });
      expect(await reserve(id, 'again', 'key')).toEqual({ kind: 'answered', answer: 'wrong|4|digest' });
      expect((await store.verifications.peek(id, 'key'))?.answer).toBe('wrong|4|digest');
      expect(await left(id)).toBe(4);
    });

    it('R25 gives the answer of the guess that ended the verification', async () => {
      const id = await opened();
      await reserve(id, 'first', 'key');
      await store.verifications.end(id, 'approved', {
        reservation: 'first',
        idempotencyKey: 'key',
        answer: 'approved|digest',
      });
      expect(await reserve(id, 'again', 'key')).toEqual({ kind: 'answered', answer: 'approved|digest' });
      expect(await reserve(id, 'other', 'key2')).toEqual({ kind: 'ended', status: 'approved' });
    });

    it('lets a key be used again after its guess was given back, and after its first request was lost', async () => {
      const id = await opened();
      await reserve(id, 'first', 'key');
      await store.attempts.refund(id, { reservation: 'first', idempotencyKey: 'key' });
      expect(await reserve(id, 'second', 'key')).toMatchObject({ kind: 'reserved', attemptsLeft: 4, afterLost: false });
      clock.advance(5_001);
      expect(await reserve(id, 'third', 'key')).toMatchObject({ kind: 'reserved', attemptsLeft: 3, afterLost: true });
    });

    lostAttemptsContract({ clock, store: () => store, opened, left });
  });
}
