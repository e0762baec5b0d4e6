import type { ToldEvent } from '../history/conversations.js';
import type { EventDump } from '../history/dumps.js';
import type { History } from '../history.js';
import type { Verdict, Violation } from '../verdict.js';
import { groupedBy } from './answers.js';
import { verdictOf } from './verdict-of.js';

/** I13: every event reaches its application's receiver at least once, signed, a verification's in their order, and none that never happened. */
export function eventsTold({ told, dumps }: History): Verdict {
  const subscribed = new Set(dumps.webhookMessages.map(({ application_id }) => application_id));
  const events = dumps.events.filter(({ application_id }) => subscribed.has(application_id));
  const taken = groupedBy(
    told.filter(({ answer }) => answer === 'taken'),
    ({ id }) => id,
  );
  const owed = new Set(
    dumps.webhookMessages.filter(({ status }) => status !== 'delivered').map(({ event_id }) => nameOf(event_id)),
  );
  const lost = events.filter(({ id }) => !taken.has(nameOf(id)) && !owed.has(nameOf(id)));
  const duplicates = [...taken.values()].reduce((sum, { length }) => sum + length - 1, 0);
  const share = ((100 * duplicates) / Math.max(1, taken.size)).toFixed(2);
  const early = [...groupedBy(told, ({ verificationId }) => verificationId).values()].flatMap(toldTooEarly);
  return verdictOf('I13', 'Every event is told, signed and in order', {
    exercised: taken.size > 0,
    figure: `lost ${String(lost.length)} of ${String(events.length)}, out of order ${String(early.length)}, ${share} % told twice`,
    violations: [...lost.map(forgotten), ...early, ...invented(told, dumps.events), ...forged(told)],
  });
}

const nameOf = (eventId: string) => `evt_${eventId}`;

const forgotten = ({ id, type, verification_id }: EventDump): Violation => ({
  what: `${nameOf(id)} (${type}) was never told, and nobody owes it any more`,
  verificationId: verification_id,
});

/** Each event for the first time only after the one before it was taken. */
function toldTooEarly(told: ToldEvent[]): Violation[] {
  const known = new Set<string>();
  const taken = new Set<string>();
  let before: ToldEvent | null = null;
  const violations: Violation[] = [];
  for (const one of told) {
    const blame = (what: string) => violations.push({ what, verificationId: one.verificationId });
    if (!known.has(one.id)) {
      if (before && (before.sequence ?? 0) > (one.sequence ?? 0))
        blame(`${numberOf(one)} was told after ${numberOf(before)}`);
      else if (before && !taken.has(before.id)) blame(`${numberOf(one)} was told before ${numberOf(before)} was taken`);
      before = one;
    }
    known.add(one.id);
    if (one.answer === 'taken') taken.add(one.id);
  }
  return violations;
}

const numberOf = ({ sequence }: ToldEvent) => String(sequence);

function invented(told: ToldEvent[], events: EventDump[]): Violation[] {
  const real = new Map(events.map((event) => [nameOf(event.id), event]));
  return told
    .filter(({ id, applicationId }) => real.get(id)?.application_id !== applicationId)
    .map(({ id, type, verificationId }) => ({
      what: `${id} (${type}) never happened to this application`,
      verificationId,
    }));
}

const forged = (told: ToldEvent[]): Violation[] =>
  told
    .filter(({ signature }) => signature === 'forged')
    .map(({ id, type, verificationId }) => ({
      what: `${id} (${type}) came without a signature that the application's secret has made`,
      verificationId,
    }));
