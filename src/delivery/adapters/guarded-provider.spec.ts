import { afterEach, describe, expect, it, vi } from 'vitest';
import { Log } from '../../platform/log/log.js';
import { Provider, type SubmitRequest } from '../application/provider.js';
import type { BreakerState } from '../application/provider-health.js';
import type { SubmitOutcome } from '../domain/outcome.js';
import { GuardedProvider } from './guarded-provider.js';

const silent: SubmitOutcome = { kind: 'ambiguous', detail: 'timeout' };
const accepted: SubmitOutcome = { kind: 'accepted' };
const throttled: SubmitOutcome = { kind: 'refused', failure: 'throttled', cause: 'provider', detail: '503' };
const request = {} as SubmitRequest;

/** No more than every provider is. */
class Bare extends Provider {
  readonly id = 'gateway';
  readonly channel = 'sms';

  submit(): Promise<SubmitOutcome> {
    return Promise.resolve(accepted);
  }
  readReports(): null {
    return null;
  }
}

/** Answers what it is told to, and counts how often it was asked. */
class Gateway extends Bare {
  asked = 0;
  link: BreakerState = 'closed';
  answer: () => Promise<SubmitOutcome> = () => Promise.resolve(accepted);

  override submit(): Promise<SubmitOutcome> {
    this.asked += 1;
    return this.answer();
  }
  override breakerState(): BreakerState {
    return this.link;
  }
}

const TRY_AGAIN_MS = 50;
function guarded(maxPerSecond?: number): { gateway: Gateway; guard: GuardedProvider; lines: string[] } {
  const [gateway, lines] = [new Gateway(), [] as string[]];
  const bounds = {
    share: 0.5,
    sends: 20,
    windowMs: 30_000,
    tryAgainAfterMs: TRY_AGAIN_MS,
    mostAtOnce: 2,
    maxPerSecond,
  };
  const log = Log.to('info', { write: (line) => lines.push(line) });
  return { gateway, guard: new GuardedProvider(gateway, log, bounds), lines };
}
const says = (outcome: SubmitOutcome) => () => Promise.resolve(outcome);
const isOpen = async (guard: GuardedProvider) => (await guard.submit(request)).kind === 'refused';
const pause = () => new Promise((resolve) => setTimeout(resolve, TRY_AGAIN_MS + 10));

/** Ten accepted, then nine that say nothing: one fewer than opens it. */
async function nearlyOpen(gateway: Gateway, guard: GuardedProvider): Promise<void> {
  for (let n = 0; n < 10; n += 1) await guard.submit(request);
  gateway.answer = says(silent);
  for (let n = 0; n < 9; n += 1) await guard.submit(request);
}

it('R97 is opened by half of twenty sends without an answer, asks nobody then, and says so', async () => {
  const { gateway, guard, lines } = guarded();
  await nearlyOpen(gateway, guard);
  expect(await guard.submit(request)).toEqual(silent);
  expect(await guard.submit(request)).toMatchObject({ kind: 'refused', failure: 'unreachable', cause: 'provider' });
  expect(gateway.asked).toBe(20);
  expect(lines.join()).toContain('"event":"provider.breaker","provider":"gateway","state":"open"');
});

it('R97 one send after a while finds out whether somebody answers again; the others do not wait for it', async () => {
  const { gateway, guard } = guarded();
  await nearlyOpen(gateway, guard);
  await guard.submit(request);
  await pause();
  expect(await guard.submit(request)).toEqual(silent);
  expect(await isOpen(guard)).toBe(true);
  await pause();
  let answer: (outcome: SubmitOutcome) => void = () => undefined;
  gateway.answer = () => new Promise((resolve) => (answer = resolve));
  const trying = guard.submit(request);
  expect(await isOpen(guard)).toBe(true);
  answer(accepted);
  expect(await trying).toEqual(accepted);
  gateway.answer = says(accepted);
  expect(await isOpen(guard)).toBe(false);
});

it('is not opened by answers, however bad', async () => {
  const { gateway, guard } = guarded();
  gateway.answer = says(throttled);
  for (let n = 0; n < 40; n += 1) expect(await guard.submit(request)).toEqual(throttled);
  expect(gateway.asked).toBe(40);
});

describe('a place', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is not to be had while the breaker is open; then one tries, and all others when it was answered', async () => {
    const { gateway, guard } = guarded();
    await nearlyOpen(gateway, guard);
    await guard.submit(request);
    expect(guard.enter()).toMatchObject({ because: 'circuit open' });
    await pause();
    const first = guard.enter();
    expect(first).toHaveProperty('leave');
    expect(guard.enter()).toMatchObject({ because: 'circuit open' });
    gateway.answer = says(accepted);
    await guard.submit(request);
    if ('leave' in first) first.leave();
    expect(guard.enter()).toHaveProperty('leave');
  });

  it('while the breaker is open is asked for again when one may try, each a little after the one before', async () => {
    const { gateway, guard } = guarded();
    await nearlyOpen(gateway, guard);
    await guard.submit(request);
    const looks = [1, 2, 3].map(() => {
      const place = guard.enter();
      return 'askLater' in place ? place.askLater() : 0;
    });
    expect(looks.every((inMs) => inMs >= 1_000 && inMs < 3_000)).toBe(true);
  });

  it('is to be had again when the one that was to try was not sent after all', async () => {
    const { gateway, guard } = guarded();
    await nearlyOpen(gateway, guard);
    await guard.submit(request);
    await pause();
    const first = guard.enter();
    if ('leave' in first) first.leave();
    expect(guard.enter()).toHaveProperty('leave');
  });

  it('is not to be had for as long as a throttle lasts, whoever asks', async () => {
    const { gateway, guard } = guarded();
    gateway.answer = says({ ...throttled, retryAfterSeconds: 7 });
    await guard.submit(request);
    for (const anyway of [false, true]) expect(guard.enter(anyway)).toMatchObject({ because: 'throttled' });
  });

  it.each(['quota', 'misconfigured'] as const)('after %s is only for who has no other', async (failure) => {
    const { gateway, guard, lines } = guarded();
    gateway.answer = says({ kind: 'refused', failure, cause: 'provider', detail: '402' });
    await guard.submit(request);
    expect(guard.enter()).toMatchObject({ because: failure });
    expect(guard.enter(true)).toHaveProperty('leave');
    const line = `"event":"provider.paused","provider":"gateway","because":"${failure}","seconds":30`;
    expect(lines.join()).toContain(line);
  });

  it('without a link is only for who has no other', () => {
    const { gateway, guard } = guarded();
    gateway.link = 'open';
    expect(guard.enter()).toMatchObject({ because: 'no link' });
    expect(guard.enter(true)).toHaveProperty('leave');
  });

  it('is one of as many a second as are configured, and not used up by whoever finds all taken', () => {
    const { guard } = guarded(3);
    const places = [guard.enter(), guard.enter()];
    expect(guard.enter()).toMatchObject({ because: 'busy' });
    for (const place of places) if ('leave' in place) place.leave();
    expect(guard.enter()).toHaveProperty('leave');
    expect(guard.enter()).toMatchObject({ because: 'pace' });
  });

  it('R97 comes back from an adapter that does not come back', async () => {
    const { gateway, guard } = guarded();
    gateway.answer = () => new Promise(() => undefined);
    vi.useFakeTimers();
    const submitted = guard.submit(request);
    await vi.advanceTimersByTimeAsync(5_500);
    expect(await submitted).toEqual({ kind: 'ambiguous', detail: 'timeout' });
  });
});

it('tells how it is doing', async () => {
  const { gateway, guard } = guarded(25);
  const node = expect.stringMatching(/^.+\/\d+$/) as string;
  const before = {
    node,
    breaker: 'closed',
    paused: null,
    maxPerSecond: 25,
    inFlight: 0,
    noLink: null,
    lastFailure: null,
  };
  expect(guard.health()).toEqual(before);
  guard.enter();
  gateway.answer = says({ ...throttled, retryAfterSeconds: 7 });
  await guard.submit(request);
  const { paused, lastFailure, inFlight } = guard.health();
  expect(inFlight).toBe(1);
  expect(lastFailure).toMatchObject({ failure: 'throttled', detail: '503' });
  expect(paused?.because).toBe('throttled');
  expect(Math.abs((paused?.until ?? 0) - Date.now() - 7_000)).toBeLessThan(2_000);
  // That it was not asked is no failure of its own.
  gateway.answer = says(silent);
  for (let n = 0; n < 30; n += 1) await guard.submit(request);
  expect(guard.health()).toMatchObject({ breaker: 'open', lastFailure: { failure: 'ambiguous', detail: 'timeout' } });
});

describe('stands for the provider behind it', () => {
  /** What it decides by itself. */
  const ITS_OWN = ['constructor', 'enter', 'health'];
  const optional = Object.getOwnPropertyNames(Provider.prototype).filter((name) => !ITS_OWN.includes(name));

  it.each([...optional, 'readReports', 'submit'])('%s is passed on', async (name) => {
    const { gateway, guard } = guarded();
    const asked = vi.spyOn(gateway as unknown as Record<string, () => unknown>, name);
    await (guard as unknown as Record<string, (...args: unknown[]) => unknown>)[name]?.(request);
    expect(asked).toHaveBeenCalled();
  });

  it('and what it says of itself is the same', () => {
    const polling = { everySeconds: 1, ask: () => Promise.resolve([]) };
    const { gateway } = guarded();
    Object.assign(gateway, { reportAnswer: 'OK', polling });
    const guard = new GuardedProvider(gateway, Log.to('silent'));
    const said = Object.keys(new Bare());
    expect(said).toContain('polling');
    const of = (provider: Provider) => said.map((name) => [name, Reflect.get(provider, name) as unknown]);
    expect(of(guard)).toEqual(of(gateway));
  });
});
