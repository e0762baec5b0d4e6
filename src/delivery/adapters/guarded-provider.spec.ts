import { describe, expect, it, vi } from 'vitest';
import {
  Bare,
  guarded,
  nearlyOpen,
  request,
  says,
  silent,
  throttled,
  accepted,
  untilOneMayTry,
} from '../../../test/support/guarded-gateway.js';
import { Log } from '../../platform/log/log.js';
import { Provider } from '../application/provider.js';
import type { SubmitOutcome } from '../domain/outcome.js';
import { GuardedProvider } from './guarded-provider.js';

const isOpen = async (guard: GuardedProvider) => (await guard.submit(request)).kind === 'refused';

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
  await untilOneMayTry();
  expect(await guard.submit(request)).toEqual(silent);
  expect(await isOpen(guard)).toBe(true);
  await untilOneMayTry();
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
