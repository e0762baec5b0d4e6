/** Both stores at the end of a run, after the drain. */
export interface Dumps {
  verifications: VerificationDump[];
  deliveries: DeliveryDump[];
  sendAttempts: SendAttemptDump[];
  reports: ReportDump[];
  events: EventDump[];
  webhookMessages: WebhookMessageDump[];
  factors: FactorDump[];
  backupCodes: BackupCodeDump[];
  redis: RedisKey[];
  /** Every row of every table as text, bytes in hexadecimal: for whoever looks for what must not be there. */
  postgresText: string;
  /** Folders where stores keep what they keep: append-only files, snapshots, the cluster's files. Gone after the run. */
  folders: string[];
}

/** A row of `verifications`, under the column's own names; times on the run's clock. */
export interface VerificationDump {
  id: string;
  application_id: string;
  status: 'pending' | 'approved' | 'failed' | 'expired' | 'canceled';
  channels: string[];
  max_attempts: number;
  failed_checks: number;
  step: number;
  sends: number;
  max_sends: number;
  idempotency_key: string | null;
  approved_channel: string | null;
  token_id: string | null;
  factor_id: string | null;
  createdAtMs: number;
  expiresAtMs: number;
  endedAtMs: number | null;
}

export interface DeliveryDump {
  id: string;
  message_id: string;
  step: number;
  channel: string;
  origin: 'start' | 'resend' | 'fallback';
  reason: string;
  status: 'queued' | 'submitting' | 'sent' | 'delivered' | 'failed' | 'unconfirmed' | 'canceled';
  note: string | null;
  attempt_id: string | null;
  createdAtMs: number;
  dueAtMs: number | null;
  leaseUntilMs: number | null;
  sentAtMs: number | null;
  endedAtMs: number | null;
  deliveredLateAtMs: number | null;
}

export interface SendAttemptDump {
  id: string;
  delivery_id: string;
  number: number;
  provider_id: string;
  status: string;
  detail: string | null;
  createdAtMs: number;
  endedAtMs: number | null;
}

export interface ReportDump {
  id: string;
  provider_id: string;
  attempt_id: string | null;
  status: 'delivered' | 'failed' | 'underway' | 'unknown';
  detail: string;
  effect: string | null;
  receivedAtMs: number;
}

export interface EventDump {
  id: string;
  application_id: string;
  /** Null where it is about the application's traffic. */
  verification_id: string | null;
  sequence: number | null;
  type: string;
  payload: Record<string, unknown>;
  createdAtMs: number;
}

export interface WebhookMessageDump {
  endpoint_id: string;
  event_id: string;
  application_id: string;
  verification_id: string | null;
  status: 'pending' | 'delivered' | 'failed' | 'canceled';
  tries: number;
}

export interface FactorDump {
  id: string;
  application_id: string;
  subject: string;
  channel: string;
  status: 'pending' | 'active';
  /** A bigint's text. */
  last_step: string | null;
  taken_for: string | null;
  codes_left: number | null;
}

export interface BackupCodeDump {
  factor_id: string;
  usedAtMs: number | null;
  taken_for: string | null;
}

export interface RedisKey {
  key: string;
  type: string;
  /** As a string, a hash as an object, anything else as DUMP's bytes in Latin-1. */
  value: string | Record<string, string>;
  /** -1: it never goes, which no key of the service may do. */
  ttlMs: number;
}

/** All that one process wrote, and how it ended. */
export interface ProcessLog {
  /** `a`, `a#2` after its first restart, … */
  name: string;
  startedAtMs: number;
  endedAtMs: number | null;
  /** `SIGKILL`, `exit 0`, …; null when it ran until the end. */
  ending: string | null;
  output: string;
  /** How often it reached each labelled step (src/shared/steps.ts), as a preload counted. */
  steps: Record<string, number>;
}
