import type { ShownBy } from '../calls/shown-by.js';

/** As its JSON says it. `input` and the like have no status and are no reports. */
export type CallEvent = Record<string, unknown>;

/** What a callback says; nothing where it is no JSON object. */
export function eventOf(body: Buffer): CallEvent {
  try {
    const event: unknown = JSON.parse(body.toString('utf8'));
    return typeof event === 'object' && event !== null ? { ...event } : {};
  } catch {
    return {};
  }
}

/**
 * The codes of an event, from the most exact to the least. They come in any order, and `completed` follows every end, so that it
 * means delivered only where the call lasted, and only where nothing better would show it.
 */
export function codesOf(event: CallEvent, shownBy: ShownBy): string[] {
  const status = textOf(event['status']);
  if (status === 'completed') return [completed(event, shownBy)];
  if (status === 'human' && shownBy === 'key') return ['human before key'];
  return [textOf(event['detail']), sipCodeOf(event), status].filter((code) => code !== '');
}

function completed(event: CallEvent, shownBy: ShownBy): string {
  const lasted = Number(event['duration'] ?? 0) > 0;
  if (!lasted) return 'completed unanswered';
  if (shownBy === 'key') return 'completed without key';
  return shownBy === 'human' ? 'completed undetected' : 'completed';
}

/** Of calls that were not connected; 2xx is no reason for anything. */
function sipCodeOf({ status, sip_code: sip }: CallEvent): string {
  const code = textOf(sip);
  return status === 'failed' && /^[3-6]\d\d$/.test(code) ? code : '';
}

const textOf = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');
