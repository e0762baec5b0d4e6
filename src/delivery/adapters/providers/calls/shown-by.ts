import type { ReportRequest } from '../../../application/provider.js';
import { isWaitingForKey } from './key-press.js';

/** What shows that somebody heard what was said: the end of a call that was taken, a human voice, or the key. */
export type ShownBy = 'completed' | 'human' | 'key';

/** What shows it for the call that a report is about. */
export function shownBy({ query }: ReportRequest, { machineDetection }: { machineDetection: boolean }): ShownBy {
  if (isWaitingForKey(query)) return 'key';
  return machineDetection ? 'human' : 'completed';
}
