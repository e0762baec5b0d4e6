import type { History } from '../history.js';

/** Everything that was written down about one verification, a line each, in the order in which it happened. */
export function evidenceOf(history: History, verificationId: string): string[] {
  const { calls, messages, reports, dumps } = history;
  const deliveries = dumps.deliveries.filter(({ message_id }) => message_id === verificationId);
  const deliveryIds = new Set(deliveries.map(({ id }) => id));
  const attempts = dumps.sendAttempts.filter(({ delivery_id }) => deliveryIds.has(delivery_id));
  const attemptIds = new Set(attempts.map(({ id }) => id));
  const seen = [
    ...calls
      .filter((call) => call.verificationId === verificationId)
      .map((call) => ({ atMs: call.sentAtMs, what: 'call', fact: call })),
    ...messages
      .filter(({ attemptId }) => attemptIds.has(attemptId))
      .map((message) => ({ atMs: message.atMs, what: 'message', fact: message })),
    ...reports
      .filter(({ attemptId }) => attemptIds.has(attemptId))
      .map((report) => ({ atMs: report.atMs, what: 'report', fact: report })),
    ...dumps.events
      .filter(({ verification_id }) => verification_id === verificationId)
      .map((event) => ({ atMs: event.createdAtMs, what: 'event', fact: event })),
    ...deliveries.map((delivery) => ({ atMs: delivery.createdAtMs, what: 'delivery', fact: delivery })),
    ...attempts.map((attempt) => ({ atMs: attempt.createdAtMs, what: 'attempt', fact: attempt })),
    ...dumps.verifications
      .filter(({ id }) => id === verificationId)
      .map((row) => ({ atMs: row.createdAtMs, what: 'verification', fact: row })),
  ];
  const between = [Math.min(...seen.map(({ atMs }) => atMs)), Math.max(...seen.map(({ atMs }) => atMs))] as const;
  const faults = history.faults
    .filter(({ fromMs, untilMs }) => untilMs >= between[0] && fromMs <= between[1])
    .map((fault) => ({ atMs: fault.fromMs, what: 'fault', fact: fault }));
  return [...seen, ...faults]
    .sort((a, b) => a.atMs - b.atMs)
    .map(({ atMs, what, fact }) => `${seconds(atMs)}  ${what.padEnd(12)} ${JSON.stringify(fact)}`);
}

const seconds = (ms: number) => `${(ms / 1_000).toFixed(3).padStart(9)} s`;
