import { expect, it } from 'vitest';
import { Log } from '../../platform/log/log.js';
import { Provider, type SubmitRequest } from '../application/ports.js';
import type { SubmitOutcome } from '../domain/outcome.js';
import { GuardedProvider } from './guarded-provider.js';

const silent: SubmitOutcome = { kind: 'ambiguous', detail: 'timeout' };
const accepted: SubmitOutcome = { kind: 'accepted' };
const throttled: SubmitOutcome = { kind: 'refused', failure: 'throttled', cause: 'provider', detail: '503' };
const request = {} as SubmitRequest;

/** Answers what it is told to, and counts how often it was asked. */
class Gateway extends Provider {
  readonly id = 'gateway';
  readonly channel = 'sms';
  asked = 0;
  answer: () => Promise<SubmitOutcome> = () => Promise.resolve(accepted);

  submit(): Promise<SubmitOutcome> {
    this.asked += 1;
    return this.answer();
  }
  readReports(): null {
    return null;
  }
}

const TRY_AGAIN_MS = 50;
function guarded(): { gateway: Gateway; guard: GuardedProvider; lines: string[] } {
  const [gateway, lines] = [new Gateway(), [] as string[]];
  const bounds = { share: 0.5, sends: 20, windowMs: 30_000, tryAgainAfterMs: TRY_AGAIN_MS, mostAtOnce: 2 };
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
