import { expect, test } from 'vitest';
import { watchObservations, type Observation } from '../../shared/observations.js';
import { limiterOf } from '../../../test/support/limiter-of.js';
import type { Rule } from '../domain/rule.js';
import { Counters, type Take } from './ports.js';

const somebody = {
  applicationId: 'app_1',
  recipient: 'r',
  ip: '192.0.2.7',
  subject: 's',
  country: 'DE',
  recipientPrefix: 'p',
};
const full: Take = { kind: 'refused', fullForMs: { 'recipient-cooldown': 12_001 }, shadowed: [], levels: {} };
const room: Take = { kind: 'taken', fullForMs: {}, shadowed: [], levels: {} };

/** Counters of which each group answers as told, or not at all; `held` are those in which something stays counted. */
class ScriptedCounters extends Counters {
  readonly held = new Set<string>();

  /** By the group's tag. `lost`: the act is counted, and the answer does not come back. */
  constructor(private readonly answers: Record<string, Take | 'lost'>) {
    super();
  }

  take(tag: string): Promise<Take> {
    const answer = this.answers[tag] ?? room;
    if (answer === 'lost' || answer.kind === 'taken') this.held.add(tag);
    return answer === 'lost' ? Promise.reject(new Error('away')) : Promise.resolve(answer);
  }

  look(tag: string): Promise<Take> {
    return Promise.resolve(this.answers[tag] === 'lost' ? room : (this.answers[tag] ?? room));
  }

  refund(tag: string): Promise<void> {
    this.held.delete(tag);
    return Promise.resolve();
  }

  clear(): Promise<void> {
    return Promise.resolve();
  }

  raise(): Promise<void> {
    return Promise.resolve();
  }
}

async function observedWhile(act: () => Promise<unknown>): Promise<Observation[]> {
  const seen: Observation[] = [];
  const end = watchObservations((observation) => seen.push(observation));
  await act().finally(end);
  return seen;
}

test('what is refused is told, with the rules in the way, whether it was taken or looked at', async () => {
  const limiter = limiterOf(new ScriptedCounters({ app_1: full }));
  const rules = ['recipient-cooldown'];

  expect(await observedWhile(() => limiter.take('send', 'dlv_1', somebody))).toEqual([
    { kind: 'limit-refused', on: 'send', rules },
  ]);
  expect(await observedWhile(() => limiter.look('failed-check', somebody))).toEqual([
    { kind: 'limit-refused', on: 'failed-check', rules },
  ]);
  expect(await observedWhile(() => limiterOf(new ScriptedCounters({})).take('send', 'dlv_1', somebody))).toEqual([]);
});

test('R69 how long a lock lasts is no refusal, and nobody is told of one', async () => {
  const limiter = limiterOf(new ScriptedCounters({ app_1: full }));
  const waits: number[] = [];
  const ask = async () => waits.push(await limiter.secondsUntilRoom('failed-check', somebody));

  expect(await observedWhile(ask)).toEqual([]);
  expect(waits).toEqual([13]);
  expect(await limiterOf(new ScriptedCounters({})).secondsUntilRoom('failed-check', somebody)).toBe(0);
});

test('a name that an application has chosen for its rule is not told', async () => {
  const rule = {
    on: 'send',
    by: ['recipient'],
    scope: 'application',
    max: 1,
    windowSeconds: 60,
    mode: 'enforce',
  } as const;
  const rules: Rule[] = [{ ...rule, name: 'shop-7', own: true }];
  const refusing: Take = { kind: 'refused', fullForMs: { 'shop-7': 1 }, shadowed: ['shop-7'], levels: {} };
  const limiter = limiterOf(new ScriptedCounters({ app_1: refusing }), rules);

  expect(await observedWhile(() => limiter.take('send', 'dlv_1', somebody))).toEqual([
    { kind: 'limit-refused', on: 'send', rules: ['own'] },
    { kind: 'limit-shadowed', on: 'send', rules: ['own'] },
  ]);
});

test('a refusal says the whole seconds until there is room, and gives back what other groups had counted', async () => {
  const counters = new ScriptedCounters({ 'recipient:r': full });
  const decision = await limiterOf(counters).take('send', 'dlv_1', somebody);

  expect(decision).toMatchObject({
    kind: 'refused',
    rules: ['recipient-cooldown'],
    retryAfterSeconds: 13,
    policies: [{ name: 'recipient-cooldown', max: 1, windowSeconds: 30, retryAfterSeconds: 13 }],
  });
  expect([...counters.held]).toEqual([]);
});

test('R51 where one group’s store is away, what the first counted, and the answer that was lost, are given back', async () => {
  const counters = new ScriptedCounters({ 'recipient:r': 'lost' });

  await expect(limiterOf(counters).take('send', 'dlv_1', somebody)).rejects.toThrow('away');
  expect([...counters.held]).toEqual([]);
});

test('R25 a reservation that others share stays counted when no answer comes', async () => {
  const counters = new ScriptedCounters({ app_1: 'lost' });
  const guess = limiterOf(counters).take('failed-check', 'ver.key', somebody, { sharedReservation: true });

  await expect(guess).rejects.toThrow('away');
  expect([...counters.held]).toEqual(['app_1']);
});
