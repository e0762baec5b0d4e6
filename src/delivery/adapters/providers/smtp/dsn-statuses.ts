import { meaningOf, permanent, transient, type Meaning, type StatusMap } from '../outcomes/status-map.js';
import type { RecipientStatus } from './delivery-status.js';

/**
 * What notifications say (RFC 3464, 2.3.3), and enhanced codes of failures (RFC 3463) by class, subject and detail: 5 is for
 * good, 4 was tried until the mail server gave up.
 */
export const DSN_STATUSES: StatusMap = {
  delivered: { status: 'delivered' },
  delayed: { status: 'underway' },
  // Handed to a server, or to several mailboxes, of which no more is heard: a failure may still follow.
  relayed: { status: 'unknown' },
  expanded: { status: 'unknown' },

  '5': permanent('bounced'),
  '5.7': permanent('blocked'),
  // It is our own address that is refused.
  '5.1.7': permanent('provider'),
  '5.1.8': permanent('provider'),

  '4': transient('bounced'),
  '4.3': transient('unreachable'),
  '4.4': transient('unreachable'),
  '4.4.7': transient('expired'),
  '4.7': transient('blocked'),

  failed: permanent('bounced'),
};

/**
 * What a report means for one recipient, and the same in short.
 *
 * @param statuses the operator's own meanings, by word (`relayed`), code (`5.1.1`, `5.1`, `5`) or reply (`550`).
 */
export function meaningFor(status: RecipientStatus, statuses: StatusMap | undefined): Meaning & { detail: string } {
  const { action, code, reply } = status;
  const detail = [action, reply, code].filter((part) => part !== undefined && part !== '').join(' ');
  return { ...meaningOf(codesOf(status), statuses, DSN_STATUSES), detail };
}

/** From the most exact to the least; none where word and code contradict each other, since no failure may be a false one. */
function codesOf({ action, code, reply }: RecipientStatus): string[] {
  const kind = (reply ?? code)?.charAt(0);
  if (action !== 'failed') return action === 'delivered' && (kind === '4' || kind === '5') ? [] : [action];
  if (kind === '2') return [];
  const subject = code?.split('.').slice(0, 2).join('.');
  return [code, subject, reply, kind, action].filter((known) => known !== undefined);
}
