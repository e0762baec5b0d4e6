import type { DeliveryDump, VerificationDump } from '../history/dumps.js';
import type { FaultKind } from '../history/faults.js';
import type { History } from '../history.js';
import type { Verdict, Violation } from '../verdict.js';
import { groupedBy, heard, type Heard } from './answers.js';
import { carried } from './carried.js';
import { quantile, seconds, verdictOf } from './verdict-of.js';

/** Faults that no accepted verification could be lost by. */
const HARMLESS: FaultKind[] = ['clock-jump', 'carrier-lies'];
/** The sweeper writes an end within 10 s; twice that, because it may have been away itself. */
const SWEPT_WITHIN_MS = 20_000;

/** I5: what was answered 202 is in the ledger, and somebody saw to it until it was delivered or over. */
export function nothingLost(history: History): Verdict {
  const accepted = groupedBy(
    heard(history.calls, 'start').filter(({ status }) => status === 202),
    ({ body }) => body.id ?? null,
  );
  const rows = new Map(history.dumps.verifications.map((row) => [row.id, row]));
  const deliveries = groupedBy(history.dumps.deliveries, ({ message_id }) => message_id);
  const lost = [...accepted.keys()].filter((id) => !rows.has(id));
  const stuck = [...rows.values()].flatMap((row) => stuckBecause(row, deliveries.get(row.id) ?? [], history));
  const waits = waitsOf(accepted, history);
  const times = `to the carrier p50 ${seconds(quantile(waits, 0.5))}, p99 ${seconds(quantile(waits, 0.99))}`;
  return verdictOf('I5', 'Nothing accepted is lost', {
    exercised: accepted.size > 0 && history.faults.some(({ kind }) => !HARMLESS.includes(kind)),
    figure: `lost ${String(lost.length)} of ${String(accepted.size)} accepted, stuck ${String(stuck.length)}; ${times}`,
    violations: [...lost.map((id) => ({ what: 'answered 202, and not in Postgres', verificationId: id })), ...stuck],
  });
}

function stuckBecause(row: VerificationDump, deliveries: DeliveryDump[], { drainedFromMs }: History): Violation[] {
  const blame = (what: string): Violation[] => [{ what, verificationId: row.id }];
  // Whoever begins with a factor is sent nothing.
  if (deliveries.length === 0 && row.sends > 0) return blame('it has no delivery');
  if (row.status !== 'pending') return [];
  if (row.expiresAtMs + SWEPT_WITHIN_MS < drainedFromMs) return blame('its life is over, and nobody wrote so');
  const waiting = deliveries.find(({ status }) => status === 'queued' || status === 'submitting');
  return waiting ? blame(`its delivery ${waiting.id} is ${waiting.status} for ever`) : [];
}

/** From the 202 to the first message of any channel; what faults cost is in the tail. */
function waitsOf(accepted: Map<string, Heard[]>, history: History): number[] {
  const messages = groupedBy(carried(history), ({ delivery }) => delivery?.message_id ?? null);
  return [...accepted].flatMap(([id, answers]) => {
    const first = messages.get(id)?.map(({ message }) => message.atMs);
    const told = answers[0]?.call.endedAtMs ?? 0;
    return first ? [Math.max(0, Math.min(...first) - told)] : [];
  });
}
