import { COOLDOWN_RULE, DEFAULT_RULES } from '../../src/limits/domain/default-rules.js';
import type { Rule } from '../../src/limits/domain/rule.js';
import type { Call } from '../history/conversations.js';
import type { DeliveryDump } from '../history/dumps.js';
import type { History } from '../history.js';
import type { Verdict, Violation } from '../verdict.js';
import { groupedBy, heard } from './answers.js';
import { carried } from './carried.js';
import { betweenLosses, fullestWindow, redisLosses, type Span } from './redis-losses.js';
import { verdictOf } from './verdict-of.js';

const RULES = DEFAULT_RULES.filter(({ on, by }) => on === 'send' && by.join() === 'recipient');
/** The longest a call takes from being counted to its commit; only where the call itself is not in the log. */
const LONGEST_MS = 10_000;

interface Send extends Span {
  applicationId: string;
  address: string;
  origin: DeliveryDump['origin'];
  verificationId: string;
}

/** I4: what clients were promised and what the carrier was given never exceeds a rule within its window. */
export function sendsLimited(history: History): Verdict {
  const sends = sendsOf(history);
  const over = RULES.flatMap((rule) => excessOf(rule, sends, history));
  const refused = [...heard(history.calls, 'start'), ...heard(history.calls, 'resend')].filter(
    ({ status }) => status === 429,
  ).length;
  return verdictOf('I4', 'Limits of sending are never exceeded', {
    exercised: refused > 0,
    figure: `admitted − limit = ${String(Math.max(0, ...over.map(({ by }) => by)))} at most; ${String(refused)} refused`,
    violations: over,
  });
}

function excessOf(rule: Rule, sends: Send[], { faults }: History): (Violation & { by: number })[] {
  const counted = sends.filter(({ origin }) => rule.name !== COOLDOWN_RULE || origin !== 'fallback');
  const buckets = groupedBy(counted, ({ address, applicationId }) =>
    rule.scope === 'global' ? address : `${applicationId} ${address}`,
  );
  return [...buckets].flatMap(([bucket, all]) =>
    betweenLosses(all, redisLosses(faults)).flatMap((between) => {
      const window = fullestWindow(rule.windowSeconds * 1_000, between);
      const by = window.length - rule.max;
      const what = `${bucket}: ${String(by)} sends above ${rule.name}: ${window.map(shown).join(', ')}`;
      return by > 0 ? [{ what, by, verificationId: window.at(-1)?.verificationId ?? null }] : [];
    }),
  );
}

const shown = ({ origin, verificationId, fromMs, untilMs }: Send) =>
  `${origin} ${verificationId} ${seconds(fromMs)} to ${seconds(untilMs)}`;
const seconds = (ms: number) => `${(ms / 1_000).toFixed(3)} s`;

/** Deliveries that somebody was promised or that the carrier saw: what the limiter must have admitted. */
function sendsOf(history: History): Send[] {
  const people = new Map(history.calls.map(({ verificationId, to }) => [verificationId, to]));
  const seen = new Set(carried(history).flatMap(({ delivery }) => delivery?.id ?? []));
  const applications = new Map(history.dumps.verifications.map(({ id, application_id }) => [id, application_id]));
  const calls = groupedBy(history.calls, ({ verificationId }) => verificationId);
  return history.dumps.deliveries.flatMap((delivery) => {
    const { id, message_id: verificationId, channel, origin } = delivery;
    const to = people.get(verificationId);
    const address = channel === 'email' ? to?.email : to?.phone;
    if (address === undefined || (origin === 'fallback' && !seen.has(id))) return [];
    const moment = momentOf(delivery, calls.get(verificationId) ?? []);
    return [{ applicationId: applications.get(verificationId) ?? '', address, origin, verificationId, ...moment }];
  });
}

/** A send is counted while its call is being answered; a fallback when its turn comes. */
function momentOf({ origin, createdAtMs, sentAtMs, endedAtMs }: DeliveryDump, calls: Call[]): Span {
  if (origin === 'fallback') return { fromMs: createdAtMs, untilMs: sentAtMs ?? endedAtMs ?? createdAtMs };
  const asked = calls.find(
    (call) => call.kind === origin && call.sentAtMs <= createdAtMs + 5 && call.endedAtMs >= createdAtMs - 5,
  );
  if (asked) return { fromMs: asked.sentAtMs, untilMs: asked.endedAtMs };
  return { fromMs: createdAtMs - LONGEST_MS, untilMs: createdAtMs };
}
