import type { Call, Typed } from '../../../chaos/history/conversations.js';
import type { DeliveryDump, VerificationDump } from '../../../chaos/history/dumps.js';
import type { History } from '../../../chaos/history.js';

const APPLICATION = 'app_shop';
const PHONE = '+4915100000777';

/** What a run would have written down, made by hand: every call of the builder is a second later than the one before. */
export class SampleHistory {
  readonly history: History = {
    seed: 1,
    epochMs: 1_800_000_000_000,
    settings: { codeLength: 10, ttlSeconds: 300, maxAttempts: 5, maxSends: 5, reportTimeoutSeconds: 15 },
    applications: [{ id: APPLICATION, name: 'shop' }],
    ...{
      calls: [],
      messages: [],
      reports: [],
      told: [],
      faults: [],
      drainedFromMs: 100_000,
      drained: true,
      processes: [],
    },
    dumps: {
      ...{
        verifications: [],
        deliveries: [],
        sendAttempts: [],
        reports: [],
        events: [],
        webhookMessages: [],
        factors: [],
        backupCodes: [],
        redis: [],
      },
      ...{ postgresText: '', folders: [] },
    },
  };
  private nowMs = 0;

  /** A login whose first message arrived, with its rows as a quiet day leaves them; still pending. */
  login(id = 'ver_1', over: Partial<VerificationDump> = {}): this {
    const { dumps, settings } = this.history;
    const atMs = this.tick();
    dumps.verifications.push({
      ...{ id, application_id: APPLICATION, status: 'pending', channels: ['sms', 'email'], step: 0, sends: 1 },
      ...{ max_attempts: settings.maxAttempts, failed_checks: 0, max_sends: settings.maxSends, idempotency_key: null },
      ...{
        approved_channel: null,
        token_id: null,
        factor_id: null,
        createdAtMs: atMs,
        expiresAtMs: atMs + 300_000,
        endedAtMs: null,
      },
      ...over,
    });
    this.event(id, 'verification.started');
    this.call({ kind: 'start', verificationId: id, answer: accepted(id) });
    return this.message(id);
  }

  /** One more delivery of a login, and the message of its only attempt. */
  message(id: string, over: Partial<DeliveryDump> = {}): this {
    const { dumps, messages } = this.history;
    const step = dumps.deliveries.filter(({ message_id }) => message_id === id).length;
    const [delivery, attempt] = [`dlv_${id}_${String(step)}`, `att_${id}_${String(step)}`];
    const atMs = this.tick();
    dumps.deliveries.push({
      ...{ id: delivery, message_id: id, step, channel: 'sms', origin: step === 0 ? 'start' : 'fallback', reason: '' },
      ...{ status: 'delivered', note: null, attempt_id: attempt, createdAtMs: atMs, dueAtMs: null, leaseUntilMs: null },
      ...{ sentAtMs: atMs, endedAtMs: atMs, deliveredLateAtMs: null },
      ...over,
    });
    dumps.sendAttempts.push({
      ...{ id: attempt, delivery_id: delivery, number: 1, provider_id: 'primary', status: 'accepted', detail: null },
      ...{ createdAtMs: atMs, endedAtMs: atMs },
    });
    const code = String(1_000_000_000 + messages.length);
    messages.push({
      ...{ number: messages.length + 1, atMs, channel: 'sms', providerId: 'primary', to: PHONE, attemptId: attempt },
      ...{ text: `${code} is your shop code.`, code, answer: 'accepted', shown: true },
    });
    return this;
  }

  /** A guess and its answer: `[200, {status: 'approved'}]`, `[422, {code: 'wrong-code', attemptsLeft: 4}]`, or none at all. */
  check(id: string, typed: Typed, answer: [number, object] | 'died', over: Partial<Call> = {}): this {
    const heard: Call['answer'] =
      answer === 'died'
        ? { kind: 'none', why: 'died' }
        : { kind: 'answered', status: answer[0], body: { ...answer[1] }, retryAfterSeconds: null };
    return this.call({ kind: 'check', verificationId: id, typed, answer: heard, ...over });
  }

  /** How a login ended, with its event. */
  ends(id: string, status: Exclude<VerificationDump['status'], 'pending'>): this {
    const row = this.history.dumps.verifications.find((one) => one.id === id);
    if (row) Object.assign(row, { status, endedAtMs: this.tick() });
    return this.event(id, `verification.${status}`);
  }

  call(over: Partial<Call>): this {
    const number = this.history.calls.length + 1;
    const [sentAtMs, endedAtMs] = [this.tick(), this.nowMs + 10];
    const answer: Call['answer'] = { kind: 'answered', status: 200, body: {}, retryAfterSeconds: null };
    this.history.calls.push({
      ...{
        number,
        kind: 'read',
        person: 1,
        habit: 'login',
        node: 'a',
        applicationId: APPLICATION,
        to: { phone: PHONE },
      },
      ...{
        verificationId: null,
        ip: null,
        typed: null,
        idempotencyKey: null,
        retryOf: null,
        sentAtMs,
        endedAtMs,
        answer,
      },
      ...over,
    });
    return this;
  }

  event(id: string, type: string): this {
    const { events } = this.history.dumps;
    const sequence = events.filter(({ verification_id }) => verification_id === id).length + 1;
    const row = { application_id: APPLICATION, verification_id: id, sequence, type, payload: {} };
    events.push({ id: String(events.length + 1), createdAtMs: this.nowMs, ...row });
    return this;
  }

  private tick(): number {
    return (this.nowMs += 1_000);
  }
}

const accepted = (id: string): Call['answer'] => ({
  ...{ kind: 'answered', status: 202, body: { id, status: 'pending' }, retryAfterSeconds: null },
});
