import type { Channel } from '../../src/shared/channel.js';
import type { ScriptedReport } from './fate.js';

/** Kannel's bits of `%d`. */
const BITS = { delivered: '1', failed: '2', underway: '4' } as const;

/** A delivery report as the channel's provider sends it. */
export function reportRequest(
  channel: Channel,
  { status, error }: ScriptedReport,
): { method: string; query: string; body?: object } {
  if (channel === 'voice') {
    const cause = status === 'failed' ? { cause: error } : {};
    return { method: 'POST', query: '', body: { status, detail: error ?? 'answered', ...cause } };
  }
  const receipt = error === undefined ? '' : `id:1 sub:001 dlvrd:000 stat:UNDELIV err:${error} text:`;
  return { method: 'GET', query: `?${new URLSearchParams({ d: BITS[status], F: '', A: receipt, D: '' }).toString()}` };
}
