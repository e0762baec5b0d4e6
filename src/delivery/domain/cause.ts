/**
 * Why a message did not arrive, in words every provider's codes are translated into. The cause chooses the next channel.
 * What the network, the number or the route said.
 */
export const CAUSES = [
  'landline', // the number can not take text messages
  'unknown-number', // not assigned, deactivated: a call would fail too
  'unreachable', // phone off or out of coverage
  'blocked', // spam filter, content, sender or route block
  'expired', // not delivered within its validity
  'busy',
  'no-answer',
  'bounced', // the mailbox refused the message
  'provider', // throttled, out of credit, misconfigured or down
  'other',
] as const;
export type Cause = (typeof CAUSES)[number];
