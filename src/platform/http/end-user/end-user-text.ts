import type { Problem } from '../problem.js';
import { WORDS, type EndUserText, type Language, type Words } from './words.js';

const MINUTE = 60;
/** Up to two hours are told in minutes. */
const MOST_MINUTES = 120;

/** Why there is no channel, where another address would change nothing. */
const OTHER_WAY: unknown[] = ['no-factor', 'other-channel'];

/** By problem code. What has no entry is between the application and us: a person can do nothing about it. */
const TEXTS: Record<string, (words: Words, time: string | null, reason: unknown) => EndUserText> = {
  'rate-limited': ({ tooMany, tooManyOfFactor, startAgain }, time, reason) => {
    if (time === null) return startAgain;
    return reason === 'factor-locked' ? tooManyOfFactor(time) : tooMany(time);
  },
  cooldown: ({ justSent, startAgain }, time) => (time === null ? startAgain : justSent(time)),
  'attempts-used-up': ({ startAgain }) => startAgain,
  'recipient-refused': ({ elsewhere }) => elsewhere,
  'no-channel': ({ elsewhere, otherWay }, _time, reason) => (OTHER_WAY.includes(reason) ? otherWay : elsewhere),
  'blocked-address': ({ elsewhere }) => elsewhere,
  'no-price': ({ notNow }) => notNow,
  unavailable: ({ notNow }) => notNow,
  overloaded: ({ notNow }) => notNow,
};

/**
 * What an application may show its own user about a refusal as it stands: a sentence and how long to wait, and nothing that
 * teaches an attacker which rule or detector to walk around (R49).
 *
 * @returns null for refusals that are not about the person.
 */
export function endUserText({ code, retryAfterSeconds, reason }: Problem, language: Language): EndUserText | null {
  const time = retryAfterSeconds === undefined ? null : timeIn(language, retryAfterSeconds);
  return TEXTS[code]?.(WORDS[language], time, reason) ?? null;
}

/** `9 seconds` or `15 minutes` in a language, rounded up so that nobody comes back too early. */
function timeIn(language: Language, seconds: number): string {
  const [amount, unit] = inUnit(Math.max(1, Math.ceil(seconds)));
  return formatOf(language, unit).format(amount);
}

function inUnit(seconds: number): [number, 'second' | 'minute' | 'hour'] {
  if (seconds < MINUTE) return [seconds, 'second'];
  const minutes = Math.ceil(seconds / MINUTE);
  return minutes <= MOST_MINUTES ? [minutes, 'minute'] : [Math.ceil(minutes / MINUTE), 'hour'];
}

/** Making one costs a hundred times what using it does. */
const formats = new Map<string, Intl.NumberFormat>();

function formatOf(language: Language, unit: string): Intl.NumberFormat {
  const name = `${language} ${unit}`;
  const format = formats.get(name) ?? new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' });
  formats.set(name, format);
  return format;
}
