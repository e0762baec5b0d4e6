import type { Cause } from '../delivery/domain/cause.js';
import type { ReportStatus } from '../delivery/domain/outcome.js';
import type { Channel } from '../shared/channel.js';

/** One delivery report, sent `afterMs` after the message was taken. */
export interface ScriptedReport {
  afterMs: number;
  status: ReportStatus;
  /** Only with `failed`. */
  cause?: Cause;
  detail: string;
}

/** What the sandbox's carrier does with a message. */
export interface Outcome {
  /** Whether somebody listens who does what a call says: its key is pressed, and that decides. Absent: the reports do. */
  listens?: true;
  /** How the inbox calls it. */
  name: string;
  /** `throttled` refuses the first submit to a number and takes the next. */
  submit: 'accepted' | 'rejected' | 'throttled';
  reports: ScriptedReport[];
}

/** A carrier that answers at once would hide races; one that takes seconds would bore. */
export const SOON_MS = 150;
const LATER_MS = 2 * SOON_MS;
const LATE_MS = 6000;

const delivered = (afterMs = SOON_MS, detail = 'DELIVRD'): ScriptedReport => ({ afterMs, status: 'delivered', detail });
const underway = (afterMs: number): ScriptedReport => ({ afterMs, status: 'underway', detail: 'ENROUTE' });
const failed = (cause: Cause, detail: string): ScriptedReport => ({
  afterMs: SOON_MS,
  status: 'failed',
  cause,
  detail,
});

const takes = (name: string, ...reports: ScriptedReport[]): Outcome => ({ name, submit: 'accepted', reports });

/** Per channel: what is special, by the two digits after the last `000` of a number or by how a mailbox's name starts. */
const SPECIAL: Record<Channel, Record<string, Outcome>> = {
  sms: {
    '02': takes('failed', failed('other', 'UNDELIV')),
    '03': takes('expired', failed('expired', 'EXPIRED')),
    '05': takes('silent'),
    '06': takes('duplicate', delivered(), delivered(LATER_MS)),
    '07': takes('out-of-order', delivered(), underway(LATER_MS)),
    '09': { name: 'rejected', submit: 'rejected', reports: [] },
    '10': takes('late', delivered(LATE_MS)),
    '18': { name: 'throttled-once', submit: 'throttled', reports: [delivered()] },
    '21': takes('failed-then-delivered', failed('other', 'UNDELIV'), delivered(LATER_MS)),
    '30': takes('landline', failed('landline', 'UNDELIV landline')),
  },
  voice: {
    '51': takes('no-answer', failed('no-answer', 'no answer')),
    '52': takes('busy', failed('busy', 'busy')),
    '53': takes('machine', failed('no-answer', 'machine')),
  },
  email: {
    bounce: takes('bounced', failed('bounced', '5.1.1')),
    silent: takes('silent'),
  },
};

const USUAL: Record<Channel, Outcome> = {
  sms: takes('delivered', delivered()),
  voice: { ...takes('answered', delivered(SOON_MS, 'answered')), listens: true },
  email: takes('delivered', delivered(SOON_MS, '2.0.0')),
};

/** What happens to a message over this channel to this address. */
export function outcomeFor(channel: Channel, to: string): Outcome {
  const sign = channel === 'email' ? /^(bounce|silent)/.exec(to) : /000(\d\d)$/.exec(to);
  return SPECIAL[channel][sign?.[1] ?? ''] ?? USUAL[channel];
}
