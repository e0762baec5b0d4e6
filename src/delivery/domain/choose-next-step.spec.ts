import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Channel } from '../../shared/channel.js';
import type { Cause } from './cause.js';
import { chooseNextStep, type NextStepQuestion, type StepTaken } from './choose-next-step.js';

const at = (seconds: number) => new Date(1_800_000_000_000 + seconds * 1_000);

function step(channel: Channel, more: Partial<StepTaken> = {}): StepTaken {
  const state = { status: 'failed', cause: 'other', note: null, transient: false } as const;
  return { channel, origin: 'start', ...state, providers: ['first'], createdAt: at(0), arrivedAt: null, ...more };
}

/** What comes after the last of `steps`, with plenty of time and sends left. */
function after(steps: StepTaken[], more: Partial<NextStepQuestion> = {}) {
  const ended = steps.at(-1) ?? step('sms');
  const plenty = { channels: ['sms', 'voice', 'email'] as Channel[], sendsLeft: 4, secondsLeft: 240 };
  return chooseNextStep({ ended, steps, ...plenty, reportTimeoutSeconds: 60, route: [], ...more });
}

const next = (channel: Channel, reason: string) => ({ kind: 'next', channel, reason });
const stop = (reason: string) => ({ kind: 'stop', reason });

describe('the cause chooses the next channel', () => {
  const table: [Cause, Channel][] = [
    ['landline', 'voice'],
    ['unknown-number', 'email'],
    ['unreachable', 'email'],
    ['blocked', 'voice'],
    ['expired', 'voice'],
    ['busy', 'voice'],
    ['no-answer', 'voice'],
    ['bounced', 'voice'],
    ['provider', 'voice'],
    ['other', 'voice'],
  ];
  it.each(table)('sms failed with %s: %s', (cause, channel) => {
    expect(after([step('sms', { cause })])).toEqual(next(channel, `sms failed: ${cause}`));
  });

  it('takes voice before e-mail after a landline, whatever the plan prefers', () => {
    const channels: Channel[] = ['sms', 'email', 'voice'];
    expect(after([step('sms', { cause: 'landline' })], { channels })).toMatchObject({ channel: 'voice' });
    expect(after([step('sms', { cause: 'other' })], { channels })).toMatchObject({ channel: 'email' });
  });

  it.each(['blocked', 'unreachable', 'landline'] as const)('keeps to the plan after an e-mail was %s', (cause) => {
    const channels: Channel[] = ['email', 'sms', 'voice'];
    expect(after([step('email', { cause })], { channels })).toMatchObject({ channel: 'sms' });
  });

  it('calls a phone that is off when the plan has no e-mail', () => {
    const question = { channels: ['sms', 'voice'] as Channel[] };
    expect(after([step('sms', { cause: 'unreachable' })], question)).toMatchObject({ channel: 'voice' });
  });

  it('does not call a number that nobody has, not even after the e-mail failed', () => {
    const steps = [step('sms', { cause: 'unknown-number' }), step('email', { origin: 'fallback', cause: 'bounced' })];
    expect(after(steps)).toEqual(stop('no other channel is left'));
  });

  it('says that no report came', () => {
    const silent = step('sms', { status: 'unconfirmed', cause: null });
    expect(after([silent])).toEqual(next('voice', 'no report on sms within 60 s'));
  });

  it('says why a step was not sent', () => {
    const skipped = step('sms', { status: 'canceled', cause: null, note: 'limited: recipient-hour', providers: [] });
    expect(after([skipped])).toEqual(next('voice', 'sms was not sent: limited: recipient-hour'));
  });
});

describe('what an automatic step may not do', () => {
  it('R35 switches channel at most twice', () => {
    const steps = [step('sms'), step('voice', { origin: 'fallback' }), step('email', { origin: 'fallback' })];
    const again = step('sms', { origin: 'resend', status: 'unconfirmed', cause: null });
    expect(after([...steps, again])).toEqual(stop('channel switched 2 times already'));
  });

  it('does not count a step that was never handed over as a switch', () => {
    const skipped = { origin: 'fallback', status: 'canceled', cause: null, note: 'limited' } as const;
    expect(after([step('sms'), step('voice', { ...skipped, providers: [] })])).toMatchObject({
      kind: 'next',
      channel: 'email',
    });
  });

  it('never repeats a channel of an automatic step, and none that failed on request', () => {
    const steps = [step('sms'), step('voice', { origin: 'fallback' })];
    expect(after(steps)).toMatchObject({ channel: 'email' });
    const asked = [step('sms'), step('voice', { origin: 'resend' }), step('sms', { origin: 'resend' })];
    expect(after(asked)).toMatchObject({ channel: 'email' });
  });

  it('R28 starts nothing when all sends are used', () => {
    expect(after([step('sms')], { sendsLeft: 0 })).toEqual(stop('all sends are used'));
  });

  it('starts nothing that could not be typed in time', () => {
    expect(after([step('sms')], { secondsLeft: 60 })).toMatchObject({ kind: 'next' });
    expect(after([step('sms')], { secondsLeft: 59.9 })).toEqual(stop("less than 60 s of the message's life left"));
  });

  it('R34 goes only to channels of the plan', () => {
    expect(after([step('sms')], { channels: ['sms'] })).toEqual(stop('no other channel is left'));
  });
});

describe('a message that arrived after all', () => {
  it('makes further automatic steps needless', () => {
    const late = step('sms', { status: 'unconfirmed', cause: null, arrivedAt: at(65) });
    const voice = step('voice', { origin: 'fallback', createdAt: at(60) });
    expect(after([late, voice])).toEqual(stop('an earlier message arrived meanwhile'));
  });

  it('does not count when the person has asked again since', () => {
    const delivered = step('sms', { status: 'delivered', cause: null, arrivedAt: at(5) });
    const asked = step('sms', { origin: 'resend', createdAt: at(40) });
    expect(after([delivered, asked])).toMatchObject({ kind: 'next', channel: 'voice' });
  });
});

describe('another provider of the channel', () => {
  const failed = step('sms', { transient: true, cause: 'unreachable' });
  const route = ['first', 'second', 'third'];
  const again = { origin: 'fallback', transient: true, cause: 'unreachable', providers: ['second'] } as const;
  const over = (providers: string[]) => step('sms', { ...again, providers });

  it('is tried before the next channel after a failure that may pass, where the application wants that', () => {
    expect(after([failed], { route })).toEqual(next('sms', 'sms failed: unreachable; over another provider'));
    expect(after([failed])).toEqual(next('email', 'sms failed: unreachable'));
  });

  it('is not tried after a failure for good, nor while nobody knows', () => {
    expect(after([{ ...failed, transient: false }], { route })).toMatchObject({ channel: 'email' });
    expect(after([{ ...failed, status: 'unconfirmed', cause: null }], { route })).toMatchObject({ channel: 'voice' });
  });

  it('is one that was not asked before: each once, then the next channel', () => {
    expect(after([failed, over(['second'])], { route })).toMatchObject({ channel: 'sms' });
    expect(after([failed, over(['second']), over(['third'])], { route })).toMatchObject({ channel: 'email' });
    expect(after([failed, over(['second', 'third'])], { route })).toMatchObject({ channel: 'email' });
    expect(after([failed], { route: ['first'] })).toMatchObject({ channel: 'email' });
  });

  it('is one more send, and not tried when none is left or it would come too late', () => {
    expect(after([failed], { route, sendsLeft: 0 })).toEqual(stop('all sends are used'));
    expect(after([failed], { route, secondsLeft: 59 })).toMatchObject({ kind: 'stop' });
  });

  it('is no switch of channel: two of those are left', () => {
    const steps = [failed, over(['second']), step('email', { origin: 'fallback', cause: 'bounced' })];
    expect(after(steps, { route })).toMatchObject({ kind: 'next', channel: 'voice' });
  });
});

it('whatever happens to them, its steps end: each provider of a channel once, two switches, no more sends than there are', () => {
  const routes: Record<Channel, string[]> = { sms: ['a', 'b', 'c'], voice: ['d'], email: ['e', 'f'] };
  const ending = fc.record({
    status: fc.constantFrom('failed' as const, 'unconfirmed' as const, 'canceled' as const),
    cause: fc.constantFrom('unreachable' as const, 'landline' as const, 'other' as const),
    transient: fc.boolean(),
    /** How many providers refused it before. */
    refusals: fc.nat(1),
  });
  fc.assert(
    fc.property(
      fc.array(ending, { minLength: 12, maxLength: 12 }),
      fc.integer({ min: 1, max: 9 }),
      (endings, sends) => {
        const steps: StepTaken[] = [];
        let channel: Channel | undefined = 'sms';
        for (const { refusals, status, ...rest } of endings) {
          if (channel === undefined) break;
          const asked = steps.filter((one) => one.channel === channel).flatMap(({ providers }) => providers);
          const left = routes[channel].filter((id) => !asked.includes(id));
          const providers = status === 'canceled' ? [] : left.slice(0, 1 + refusals);
          const origin = steps.length === 0 ? 'start' : 'fallback';
          steps.push(step(channel, { ...rest, status, origin, providers }));
          const result = after(steps, { route: routes[channel], sendsLeft: sends - steps.length });
          channel = result.kind === 'next' ? result.channel : undefined;
        }
        expect(channel).toBeUndefined();
        expect(steps.length).toBeLessThanOrEqual(sends);
        const ways = steps.flatMap((one) => one.providers);
        expect(new Set(ways).size).toBe(ways.length);
        const switches = steps.filter(
          (one, n) => n > 0 && one.channel !== steps[n - 1]?.channel && one.providers.length > 0,
        );
        expect(switches.length).toBeLessThanOrEqual(2);
      },
    ),
  );
});
