const MINUTE = 60;
/** Up to two minutes are told in seconds, up to two hours in minutes. */
const MOST = 2 * MINUTE;

/** `28 seconds`, `10 minutes`, `3 hours` in a language; rounded up, so that nobody comes back too early. */
export function timeIn(locale: string): (seconds: number) => string {
  const say = (amount: number, unit: string) =>
    new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(Math.ceil(amount));
  return (seconds) => {
    if (seconds <= MOST) return say(seconds, 'second');
    const minutes = seconds / MINUTE;
    return minutes <= MOST ? say(minutes, 'minute') : say(minutes / MINUTE, 'hour');
  };
}

/** `23 November 2026` in a language, from what the service says (ISO 8601). */
export function dateIn(locale: string): (instant: string) => string {
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'long' });
  return (instant) => format.format(new Date(instant));
}

/** `4:05`, as public/countdown.js goes on counting. */
export function clock(seconds: number): string {
  return `${String(Math.floor(seconds / MINUTE))}:${String(seconds % MINUTE).padStart(2, '0')}`;
}
