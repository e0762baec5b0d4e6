import type { ShownBy } from '../calls/shown-by.js';

/**
 * The codes of a report, from the most exact to the least. They come in any order, so none of them may mean delivered unless it
 * does so alone: of a call that waits for its key only the answered question is, and with machine detection only the verdict.
 */
export function codesOf(form: URLSearchParams, shownBy: ShownBy): string[] {
  const answeredBy = form.get('AnsweredBy') ?? '';
  const status = form.get('CallStatus') ?? '';
  if (/^(machine|fax)/.test(answeredBy)) return [answeredBy];
  if (answeredBy === 'human' && shownBy !== 'completed') return [shownBy === 'human' ? 'human' : 'human before key'];
  // Detection beside the call reports by itself, without the call's status.
  if (status === '') return [answeredBy];
  if (status === 'completed' && shownBy === 'key') return ['completed without key'];
  if (status === 'completed' && shownBy === 'human') return ['completed undetected'];
  return status === 'failed' ? [form.get('SipResponseCode') ?? '', status] : [status];
}
