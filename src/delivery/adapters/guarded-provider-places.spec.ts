import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  accepted,
  guarded,
  nearlyOpen,
  request,
  says,
  throttled,
  untilOneMayTry,
} from '../../../test/support/guarded-gateway.js';

describe('a place', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is not to be had while the breaker is open; then one tries, and all others when it was answered', async () => {
    const { gateway, guard } = guarded();
    await nearlyOpen(gateway, guard);
    await guard.submit(request);
    expect(guard.enter()).toMatchObject({ because: 'circuit open' });
    await untilOneMayTry();
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
    await untilOneMayTry();
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
