/** RFC 9110, section 5.6.7: what senders must write, and all that we read. */
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/**
 * `Retry-After` (RFC 9110, section 10.2.3), as seconds or as a date.
 *
 * @returns milliseconds from `nowMs`; null when it is neither, or past.
 */
export function retryAfterMs(value: string | undefined, nowMs: number): number | null {
  const text = value?.trim() ?? '';
  if (/^\d{1,10}$/.test(text)) return Number(text) * 1_000;
  const waitMs = HTTP_DATE.test(text) ? Date.parse(text) - nowMs : NaN;
  return waitMs > 0 ? waitMs : null;
}
