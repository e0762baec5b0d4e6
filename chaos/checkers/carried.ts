import type { TakenMessage } from '../history/conversations.js';
import type { DeliveryDump, SendAttemptDump } from '../history/dumps.js';
import type { History } from '../history.js';

/** A message of the carrier beside the rows that account for it. */
export interface Carried {
  message: TakenMessage;
  attempt: SendAttemptDump | null;
  delivery: DeliveryDump | null;
}

/** What the carrier has, each with its send attempt and delivery where there are such rows. */
export function carried({ messages, dumps }: History): Carried[] {
  const attempts = new Map(dumps.sendAttempts.map((attempt) => [attempt.id, attempt]));
  const deliveries = new Map(dumps.deliveries.map((delivery) => [delivery.id, delivery]));
  return messages.map((message) => {
    const attempt = attempts.get(message.attemptId) ?? null;
    return { message, attempt, delivery: attempt && (deliveries.get(attempt.delivery_id) ?? null) };
  });
}

/** Whether the person may have it: a gateway that refused what it had read never shows it. */
export const mayArrive = ({ answer }: TakenMessage): boolean => ['accepted', 'hung', 'hung-up'].includes(answer);
