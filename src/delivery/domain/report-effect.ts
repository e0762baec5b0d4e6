import type { Cause } from './cause.js';
import type { DeliveryStatus } from './delivery.js';
import type { Report } from './outcome.js';

/** What a report does to its delivery. `none` is recorded too: the timeline shows every report and why it changed nothing. */
export type ReportEffect =
  | { kind: 'delivered' }
  /** `transient`: another provider of the channel may deliver it. */
  | { kind: 'failed'; cause: Cause; transient: boolean }
  /** It arrived after we had given up on it: noted, and automatic steps that nobody has begun yet are not needed any more. */
  | { kind: 'delivered-late' }
  | {
      kind: 'none';
      because: 'underway' | 'status unknown' | 'already delivered' | 'not the current attempt' | 'final';
    };

/**
 * Forward only: `delivered` counts from any attempt of the delivery, since the person has the message then;
 * `failed` only from the current one, since another attempt may still arrive. Final states stay, so that any order and any
 * repetition of reports starts at most one fallback.
 *
 * @param delivery as it is now; the caller changes it only if it still is so.
 */
export function effectOf(
  delivery: { status: DeliveryStatus; attemptId: string | null },
  report: Pick<Report, 'attemptId' | 'status' | 'cause' | 'transient'>,
): ReportEffect {
  switch (report.status) {
    case 'underway':
      return { kind: 'none', because: 'underway' };
    case 'unknown':
      return { kind: 'none', because: 'status unknown' };
    case 'delivered':
      return ofDelivered(delivery.status);
    case 'failed':
      if (report.attemptId !== delivery.attemptId) return { kind: 'none', because: 'not the current attempt' };
      return ofFailed(delivery.status, report);
  }
}

function ofDelivered(status: DeliveryStatus): ReportEffect {
  switch (status) {
    case 'queued':
    case 'submitting':
    case 'sent':
      return { kind: 'delivered' };
    case 'failed':
    case 'unconfirmed':
    case 'canceled':
      return { kind: 'delivered-late' };
    case 'delivered':
      return { kind: 'none', because: 'already delivered' };
  }
}

/** A queued delivery waits for its next attempt already: the failed one is behind it. */
function ofFailed(status: DeliveryStatus, { cause = 'other', transient = false }: Pick<Report, 'cause' | 'transient'>) {
  if (status === 'submitting' || status === 'sent') return { kind: 'failed', cause, transient } as const;
  return { kind: 'none', because: status === 'queued' ? 'not the current attempt' : 'final' } as const;
}
