import { CODE_CHANNELS, isSent, type Channel, type CodeChannel } from '../../shared/channel.js';

export interface TimelineEntry {
  /** ISO 8601, UTC. */
  at: string;
  event: string;
  deliveryId?: string;
  channel?: CodeChannel;
  provider?: string;
  detail?: string;
  /** Of a text message: how it crossed the air, and how many messages the network made of it. */
  encoding?: 'gsm7' | 'ucs2';
  segments?: number;
}

/** What the timeline tells of a delivery; delivery's own records have this shape. */
export interface TimelineDelivery {
  id: string;
  channel: Channel;
  status: string;
  cause: string | null;
  reason: string;
  note: string | null;
  createdAt: string;
  endedAt: string | null;
  attempts: {
    providerId: string;
    status: string;
    detail: string | null;
    encoding: 'gsm7' | 'ucs2' | null;
    segments: number | null;
    createdAt: string;
    endedAt: string | null;
    reports: { status: string; cause: string | null; detail: string; effect: string | null; receivedAt: string }[];
  }[];
}

/** Something that was asked for and refused; what limits record has this shape. */
export interface TimelineRefusal {
  atMs: number;
  /** `send`, `check` or `failed-check`. */
  on: string;
  channel: string | null;
  refusedBy: string[];
}

interface Life {
  status: string;
  createdAt: Date;
  endedAt: Date | null;
  failedChecks: number;
  approvedChannel: CodeChannel | null;
}

/** Everything that happened to a verification in order of time, each with its reason: why the code arrived, or did not. */
export function timeline(
  life: Life,
  deliveries: TimelineDelivery[],
  refusals: TimelineRefusal[] = [],
): TimelineEntry[] {
  const entries = [
    { at: life.createdAt.toISOString(), event: 'started' },
    ...deliveries.flatMap((delivery) => entriesOf(delivery)),
    ...refusals.map(refused),
    ...endOf(life),
  ];
  return entries.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

function entriesOf(delivery: TimelineDelivery): TimelineEntry[] {
  const about = { deliveryId: delivery.id, channel: delivery.channel };
  const entries: TimelineEntry[] = [{ at: delivery.createdAt, event: 'queued', ...about, detail: delivery.reason }];
  for (const attempt of delivery.attempts) {
    const { providerId: provider, createdAt, endedAt, status, detail } = attempt;
    entries.push({ at: createdAt, event: 'submitting', ...about, provider });
    if (endedAt)
      entries.push({
        ...{ at: endedAt, event: `submit ${status}`, ...about, provider, ...(detail && { detail }) },
        ...sizeOf(attempt),
      });
    for (const report of attempt.reports) {
      const said = [report.detail, report.cause && `cause ${report.cause}`, report.effect && `effect ${report.effect}`];
      entries.push({
        at: report.receivedAt,
        event: `report ${report.status}`,
        ...about,
        provider,
        detail: said.filter(Boolean).join('; '),
      });
    }
  }
  if (delivery.endedAt) {
    const why = [delivery.cause && `cause ${delivery.cause}`, delivery.note].filter(Boolean).join('; ');
    entries.push({ at: delivery.endedAt, event: delivery.status, ...about, ...(why && { detail: why }) });
  }
  return entries;
}

const sizeOf = ({ encoding, segments }: TimelineDelivery['attempts'][number]) =>
  encoding === null || segments === null ? {} : { encoding, segments };

function refused({ atMs, on, channel: over, refusedBy }: TimelineRefusal): TimelineEntry {
  const channel = CODE_CHANNELS.find((known) => known === over);
  const event = on === 'send' ? 'send refused' : 'check refused';
  return { at: new Date(atMs).toISOString(), event, ...(channel && { channel }), detail: refusedBy.join(', ') };
}

function endOf({ status, endedAt, failedChecks, approvedChannel }: Life): TimelineEntry[] {
  if (!endedAt) return [];
  const wrong = failedChecks > 0 ? `after ${String(failedChecks)} wrong` : '';
  const detail = [approvedChannel && codeOf(approvedChannel), wrong].filter(Boolean).join(', ');
  return [{ at: endedAt.toISOString(), event: status, ...(detail && { detail }) }];
}

function codeOf(channel: CodeChannel): string {
  if (isSent(channel)) return `with the code sent by ${channel}`;
  return channel === 'totp' ? 'with a code of an authenticator' : 'with a backup code';
}
