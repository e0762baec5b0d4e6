import type { DetectorSettings } from '../fraud/domain/detector-settings.js';
import { microsOf } from '../shared/money.js';
import { opensCountry } from './country-settings.js';
import type { EffectiveSettings } from './settings.js';
import type { SpendSettings } from './spend-settings.js';

const STRICTNESS = ['off', 'shadow', 'enforce'] as const;

/** A higher number of these makes a detector trip later; of all others, but the window, a lower one does. */
const LATER_WHEN_HIGHER = new Set(['sends', 'neighbours', 'numbers', 'verifications', 'failedPercent']);

/**
 * Whether something may get through after a change that did not before (R80): a country, money, what a detector
 * looks at, a code to an answering machine, or an older code of an authenticator.
 */
export const settingsWeaken = (before: EffectiveSettings, after: EffectiveSettings): boolean =>
  opensCountry(before.countries, after.countries) ||
  spendWeakens(before.spend, after.spend) ||
  detectorsWeaken(before.fraud, after.fraud) ||
  (before.voice.keyPress && !after.voice.keyPress) ||
  before.factors.window < after.factors.window;

/** Whether a cap is less than it was: switched off, only telling, higher, or without the hour's. */
export function spendWeakens(before: SpendSettings | null, after: SpendSettings | null): boolean {
  if (before === null || before.mode === 'off') return false;
  if (after === null || strictness(after.mode) < strictness(before.mode)) return true;
  return micros(after.perDay) > micros(before.perDay) || micros(after.perHour) > micros(before.perHour);
}

/** Whether a detector is less than it was: off, only telling, or harder to trip. Another window may be either, so it is. */
export function detectorsWeaken(before: DetectorSettings, after: DetectorSettings): boolean {
  const [was, is] = [detectorsIn(before), detectorsIn(after)];
  return was.some((detector, index) => detectorWeakens(detector, is[index] ?? {}));
}

type Detector = Record<string, unknown>;

const detectorsIn = ({ conversion, pumping, spray, longerCodes }: DetectorSettings): Detector[] =>
  [
    ...[conversion.block, conversion.network, conversion.country, conversion.application],
    ...[pumping.sequence, pumping.block, spray.network, spray.key, longerCodes],
  ].map((detector) => ({ ...detector }));

function detectorWeakens(before: Detector, after: Detector): boolean {
  if (before['mode'] === 'off') return false;
  return Object.entries(before).some(([name, was]) => {
    const is = after[name];
    if (name === 'mode') return strictness(is) < strictness(was);
    if (name === 'windowSeconds') return is !== was;
    return LATER_WHEN_HIGHER.has(name) ? Number(is) > Number(was) : Number(is) < Number(was);
  });
}

const strictness = (mode: unknown) => STRICTNESS.findIndex((known) => known === mode);

/** Without an amount there is no cap. */
const micros = (amount: string | undefined) => (amount === undefined ? Infinity : (microsOf(amount) ?? Infinity));
