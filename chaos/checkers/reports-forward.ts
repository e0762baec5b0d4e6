import type { DeliveryDump, ReportDump } from '../history/dumps.js';
import type { SentReport } from '../history/conversations.js';
import type { History } from '../history.js';
import type { Verdict, Violation } from '../verdict.js';
import { groupedBy } from './answers.js';
import { verdictOf } from './verdict-of.js';

/** A delivery with what its carrier said of it, and what was written down of that. */
interface Told {
  delivery: DeliveryDump;
  sent: SentReport[];
  kept: ReportDump[];
}

/** I8: reports in any order and any number lead to one end; forged ones to nothing; no step is taken twice. */
export function reportsForward(history: History): Verdict {
  const told = toldAbout(history);
  const forged = history.reports.filter(({ manner }) => manner === 'forged');
  const accepted = forged.filter(({ answered }) => answered !== null && answered < 300);
  const odd = history.reports.filter(({ manner }) => manner !== 'honest').length;
  return verdictOf('I8', 'Reports only move forward', {
    exercised: odd > 0,
    figure: `forged accepted ${String(accepted.length)} of ${String(forged.length)}; ${String(odd - forged.length)} repeated, late or contradictory reports`,
    violations: [
      ...accepted.map(({ number }) => ({ what: `forged report ${String(number)} was accepted`, verificationId: null })),
      ...told.flatMap((one) => [...movedBack(one), ...notHeard(one), ...invented(one)]),
      ...stepsTakenTwice(history),
      ...neededNoStep(history),
    ],
  });
}

const blame = ({ delivery }: Pick<Told, 'delivery'>, what: string): Violation[] => [
  { what: `delivery ${delivery.id}: ${what}`, verificationId: delivery.message_id },
];

/** The first final report is the last one that moves it. */
function movedBack({ delivery, kept }: Told): Violation[] {
  const final = kept.flatMap(({ effect }) => (effect === 'delivered' || effect === 'failed' ? [effect] : []));
  if (final.length > 1) return blame({ delivery }, `it ended ${String(final.length)} times: ${final.join(', ')}`);
  const [end] = final;
  return end === undefined || end === delivery.status
    ? []
    : blame({ delivery }, `a report made it ${end}, it is ${delivery.status}`);
}

/** Whoever has the message has it, whatever else was said: before or after. */
function notHeard({ delivery, sent }: Told): Violation[] {
  const arrived = sent.some(({ status, answered }) => status === 'delivered' && answered === 200);
  if (!arrived || hasArrived(delivery)) return [];
  return blame({ delivery }, `it was reported delivered, and is ${delivery.status} without a trace of that`);
}

/** A report without an answer may have been heard all the same. */
function invented({ delivery, sent }: Told): Violation[] {
  const said = sent.some(({ status }) => status === 'delivered');
  return hasArrived(delivery) && !said ? blame({ delivery }, 'nobody reported it delivered') : [];
}

const hasArrived = ({ status, deliveredLateAtMs }: DeliveryDump) =>
  status === 'delivered' || deliveredLateAtMs !== null;

function stepsTakenTwice({ dumps }: History): Violation[] {
  const steps = groupedBy(dumps.deliveries, ({ message_id, step }) => `${message_id} ${String(step)}`);
  return [...steps.values()].flatMap(([delivery, ...others]) =>
    delivery && others.length > 0 ? blame({ delivery }, `step ${String(delivery.step)} was taken more than once`) : [],
  );
}

/** A delivery that ended delivered never needed another channel. */
function neededNoStep({ dumps }: History): Violation[] {
  const fallbacks = dumps.deliveries.filter(({ origin }) => origin === 'fallback');
  const steps = new Map(
    dumps.deliveries.map((delivery) => [`${delivery.message_id} ${String(delivery.step)}`, delivery]),
  );
  return fallbacks.flatMap((delivery) => {
    const before = steps.get(`${delivery.message_id} ${String(delivery.step - 1)}`);
    return before?.status === 'delivered'
      ? blame({ delivery }, 'a fallback, though the step before was delivered')
      : [];
  });
}

function toldAbout({ dumps, reports }: History): Told[] {
  const deliveryOf = new Map(dumps.sendAttempts.map(({ id, delivery_id }) => [id, delivery_id]));
  const authentic = reports.filter(({ manner }) => manner !== 'forged');
  const sent = groupedBy(authentic, ({ attemptId }) => deliveryOf.get(attemptId) ?? null);
  const kept = groupedBy(dumps.reports, ({ attempt_id }) => deliveryOf.get(attempt_id ?? '') ?? null);
  return dumps.deliveries.map((delivery) => ({
    ...{ delivery, sent: sent.get(delivery.id) ?? [], kept: kept.get(delivery.id) ?? [] },
  }));
}
