import { isSent } from '../../shared/channel.js';
import type { Page } from '../../shared/page.js';
import { addressFor, mask, type Recipients } from '../../shared/recipient.js';
import type { CheckOutcome } from '../application/check/check-request.js';
import type { VerificationHistory } from '../application/read/read-verification.js';
import type { Started } from '../application/start/start-verification.js';
import type { SubjectFactor } from '../application/start/subject-factors.js';
import { wrongCode } from '../domain/refusals.js';
import { timeline } from '../domain/timeline.js';
import type { ApprovalBody } from './check.schema.js';
import type { ExportedBody, FoundBody, HistoryBody, VerificationBody } from './verification.schema.js';
import type { StartedBody } from './started.schema.js';
import type { FoundVerification } from '../application/read/search-verifications.js';

/** The 202 of a start. The first delivery is told as queued, which it was, so that a retried start gets the same answer. */
export function startedBody({
  id,
  channels,
  attemptsLeft,
  expiresAt,
  resendAt,
  deliveryId,
  to,
  factors,
}: Started): StartedBody {
  const [channel] = channels;
  const sent = channel !== undefined && isSent(channel) && deliveryId !== null;
  return {
    ...{ id, status: 'pending', channels, attemptsLeft },
    ...{ expiresAt: expiresAt.toISOString(), resendAt: resendAt.toISOString() },
    deliveries: sent ? [{ id: deliveryId, channel, status: 'queued', to: masked(channel, to) }] : [],
    ...(factors && { factors: factors.map(factorBody) }),
  };
}

const factorBody = ({ lockedUntil, ...factor }: SubjectFactor) => ({
  ...factor,
  lockedUntil: lockedUntil?.toISOString() ?? null,
});

export function verificationBody({ record, to, attemptsLeft, deliveries }: VerificationHistory): VerificationBody {
  const { id, status, channels, expiresAt, resendAt } = record;
  return {
    ...{ id, status, channels, attemptsLeft, expiresAt: expiresAt.toISOString(), resendAt: resendAt.toISOString() },
    deliveries: deliveries.map((delivery) => ({
      ...{ id: delivery.id, channel: delivery.channel, status: delivery.status },
      to: masked(delivery.channel, to),
    })),
  };
}

export function historyBody(history: VerificationHistory): HistoryBody {
  const { purpose, subject, metadata, approvedChannel, factorId, createdAt, endedAt } = history.record;
  return {
    ...verificationBody(history),
    ...{ purpose, subject, metadata, approvedChannel, factorId },
    ...{ createdAt: createdAt.toISOString(), endedAt: endedAt?.toISOString() ?? null },
    timeline: timeline(history.record, history.deliveries, history.refusals),
  };
}

/** With what is sealed beside the recipient: a payment, and what the application told of the person who asked. */
export function exportedBody(history: VerificationHistory): ExportedBody {
  const { binding, requester: { ip, device, limitKeys } = {} } = history;
  return {
    ...historyBody(history),
    binding: binding ?? null,
    endUser: { ip: ip ?? null, deviceId: device ?? null },
    limitKeys: limitKeys ?? {},
  };
}

export function foundBody({ found, ...more }: Page<FoundVerification>): FoundBody {
  const verifications = found.map(({ record, to }) => ({
    ...{ id: record.id, status: record.status, channels: record.channels, purpose: record.purpose },
    to: [to.phone?.value, to.email?.value].flatMap((address) => (address === undefined ? [] : mask(address))),
    ...{ expiresAt: record.expiresAt.toISOString(), resendAt: record.resendAt.toISOString() },
    ...{ createdAt: record.createdAt.toISOString(), endedAt: record.endedAt?.toISOString() ?? null },
  }));
  return { verifications, ...more };
}

/** The 200 of a check. @throws 422 `wrong-code`: whatever approves nothing is no 2xx */
export function approvalBody(id: string, outcome: CheckOutcome): ApprovalBody {
  if (outcome.kind === 'wrong') throw wrongCode(outcome.attemptsLeft, outcome.reason);
  const { channel, token, approvedAt, tokenExpiresAt } = outcome;
  const times = { approvedAt: approvedAt.toISOString(), tokenExpiresAt: tokenExpiresAt.toISOString() };
  return { id, status: 'approved', channel, token, ...times };
}

function masked(channel: Parameters<typeof addressFor>[0], to: Recipients): string | null {
  const address = addressFor(channel, to);
  return address ? mask(address.value) : null;
}
