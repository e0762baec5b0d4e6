import type { Seeded } from '../../chaos/seeded.js';
import { between, oneOf, wait } from './draws.js';
import { canSee, type Person } from './people.js';

/** A delivery report, in the words every channel has. `error` is the network's code (3GPP TS 29.002), or how a call ended. */
export interface ScriptedReport {
  afterMs: number;
  status: 'delivered' | 'failed' | 'underway';
  error?: string;
}

/** What becomes of one message, from the moment it is handed over. */
export interface Fate {
  /** `broken off`: the gateway has it, and the connection goes down before it says so. */
  submit: 'accepted' | 'refused' | 'throttled' | 'broken off';
  /** When the person has the code in hand; null: never. */
  inHandAfterMs: number | null;
  reports: ScriptedReport[];
}

const SECOND = 1_000;
/** What happens to a single text, whoever gets it: `lost` without a word, `dropped` with a report. */
type Accident = 'lost' | 'dropped' | 'throttled' | 'broken off' | 'none';

const never = (submit: Fate['submit'], reports: ScriptedReport[] = []): Fate => ({
  ...{ submit, inHandAfterMs: null, reports },
});
const failure = (afterMs: number, error: string): ScriptedReport => ({ afterMs, status: 'failed', error });

/**
 * A text's way. Waiting times are those of vendors' own figures: half arrive within 4 s, 19 of 20 within 12 s.
 *
 * @param attempt counts the texts handed over for this person, from 1.
 */
export function fateOfText(person: Person, attempt: number, seeded: Seeded): Fate {
  const accident = oneOf<Accident>(seeded, { lost: 0.01, dropped: 0.01, throttled: 0.02, 'broken off': 0.005 }, 'none');
  if (accident === 'throttled' && attempt === 1) return never('throttled');
  if (person.line === 'mobile' && person.route === 'refusing') return never('refused');
  const arrivesMs = accident === 'lost' || accident === 'dropped' ? null : arrival(person, seeded);
  const glanceMs = between(seeded, 2, 8) * SECOND;
  return {
    submit: accident === 'broken off' ? 'broken off' : 'accepted',
    inHandAfterMs: arrivesMs !== null && canSee(person, 'sms') ? arrivesMs + glanceMs : null,
    reports: asReported(person, arrivesMs, accident === 'dropped' ? '000' : null, seeded),
  };
}

function arrival({ line, route }: Person, seeded: Seeded): number | null {
  const usual = wait(seeded, 4, 12) * SECOND;
  const slow = wait(seeded, 70, 200) * SECOND;
  if (line !== 'mobile') return null;
  if (route === 'slow') return slow;
  return route === 'open' ? usual : null;
}

/** What the network says of it. */
function asReported(person: Person, arrivesMs: number | null, error: string | null, seeded: Seeded): ScriptedReport[] {
  const soon = between(seeded, 1, 6) * SECOND;
  const late = between(seeded, 65, 200) * SECOND;
  const truth = arrivesMs === null ? truthOfFailure(person, soon, error, seeded) : [delivered(arrivesMs + SECOND)];
  switch (person.reporting) {
    case 'silent':
      return [];
    case 'lying':
      return [delivered(soon)];
    case 'late':
      return truth.map((report) => ({ ...report, afterMs: report.afterMs + late }));
    case 'contradictory':
      return arrivesMs === null ? truth : [failure(arrivesMs / 2, '000'), ...truth];
    case 'repeating':
      return [
        underway(SECOND),
        ...truth,
        ...truth.map(again(SECOND)),
        underway(soon + 9 * SECOND),
        ...truth.map(again(30 * SECOND)),
      ];
    case 'honest':
      return truth;
  }
}

/** A filter that swallows says nothing. A phone that is off is told at once by some networks, by others when its time is over. */
function truthOfFailure({ line, route }: Person, soon: number, error: string | null, seeded: Seeded): ScriptedReport[] {
  const toldAtOnce = seeded.chance(0.5);
  if (line === 'landline') return [failure(soon, '011')];
  if (line === 'unassigned') return [failure(soon, '001')];
  if (line === 'off') return toldAtOnce ? [failure(soon, '027')] : [underway(soon)];
  if (route === 'blocked') return [failure(soon, '013')];
  return error === null ? [] : [failure(soon, error)];
}

const delivered = (afterMs: number): ScriptedReport => ({ afterMs, status: 'delivered' });
const underway = (afterMs: number): ScriptedReport => ({ afterMs, status: 'underway' });
const again = (laterMs: number) => (report: ScriptedReport) => ({ ...report, afterMs: report.afterMs + laterMs });

/** A call's way: it rings, somebody answers and listens, or nobody does. */
export function fateOfCall(person: Person, seeded: Seeded): Fate {
  const rings = between(seeded, 6, 20) * SECOND;
  const engaged = seeded.chance(0.04);
  if (person.line === 'unassigned') return never('accepted', [failure(3 * SECOND, 'unknown-number')]);
  if (person.line === 'off') return never('accepted', [failure(5 * SECOND, 'unreachable')]);
  if (engaged) return never('accepted', [failure(6 * SECOND, 'busy')]);
  if (!canSee(person, 'voice')) return never('accepted', [failure(35 * SECOND, 'no-answer')]);
  const heard = rings + 12 * SECOND;
  return { submit: 'accepted', inHandAfterMs: heard, reports: [delivered(heard + 3 * SECOND)] };
}

/** A mail's way: nobody reports that it arrived, and people look after it when they are told that it comes. */
export function fateOfMail(person: Person, seeded: Seeded): Fate {
  const arrives = wait(seeded, 5, 30) * SECOND;
  const looks = between(seeded, 5, 25) * SECOND;
  if (person.mailbox === 'dead') return never('refused');
  return { submit: 'accepted', inHandAfterMs: canSee(person, 'email') ? arrives + looks : null, reports: [] };
}
