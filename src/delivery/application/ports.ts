import type { ZodType } from 'zod';
import type { Channel } from '../../shared/channel.js';
import type { Cause } from '../domain/cause.js';
import type { Delivery, Origin } from '../domain/delivery.js';
import type { Report, ReportStatus, SubmitFailure, SubmitOutcome } from '../domain/outcome.js';
import type { Speech } from '../domain/speech.js';
import type { BreakerState, Place, ProviderHealth } from './provider-health.js';

/** What is to be sent, whoever sends it. */
export interface OutgoingMessage {
  /** Canonical address: E.164 or one mailbox. */
  to: string;
  text: string;
  /** E-mail only: its subject, and the same text for those who read HTML. */
  subject?: string;
  html?: string;
  /** Calls only: the text as it is to be spoken. */
  speech?: Speech;
  /**
   * Calls only: `speech` carries nothing yet, it asks for a key. What the call is about is said once the key was pressed, by
   * whoever hears it, so that no answering machine keeps it; the source is asked for it then.
   */
  keyPress?: boolean;
  /** What the phone is to show as the sender; absent: what the provider's configuration says. */
  from?: string;
  /** BCP 47, like `de` or `de-AT`. */
  locale: string;
  /** Remaining life of what it carries: what arrives later is worth nothing, so that every message is given this validity. */
  validForSeconds: number;
}

/** What the source of a message says when a delivery's turn has come. */
export type Claim =
  | { kind: 'send'; message: OutgoingMessage }
  /**
   * Not to be sent. `over`: the message needs nothing more (approved, canceled, expired …). `skip`: only this step is not
   * allowed (a limit); the reason is recorded and the next channel is tried.
   */
  | { kind: 'stop'; then: 'over' | 'skip'; reason: string };

/** What a call says once its key was pressed. `over`: why there is nothing to hear any more, for who has waited for it. */
export interface Saying {
  kind: 'said' | 'over';
  speech: Speech;
  /** Of its words, BCP 47. */
  locale: string;
}

/** What the fallback engine must know of a message to choose its next step. */
export interface MessagePlan {
  /** Number of the current step; a step is taken from it exactly once. */
  step: number;
  /** Channels in order of preference, only those the recipient has an address for. */
  channels: Channel[];
  expiresAt: Date;
  /** How many more sends the message may have, user-asked ones included. */
  sendsLeft: number;
  /** Whether a transient failure is tried over another provider of the channel before the next channel: one more send. */
  tryOtherProvider: boolean;
}

export interface NextDelivery {
  channel: Channel;
  origin: Origin;
  /** Why this step exists, for the timeline: `sms failed: landline`, `no report on sms within 60 s`, `asked for by the user`. */
  reason: string;
}

/**
 * Where messages come from: verification today, general messages later. Delivery knows neither codes nor limits; it asks.
 */
export abstract class MessageSource {
  /**
   * Says what a delivery carries, at the moment of sending: whether the message is still wanted, whether limits allow it, and
   * its text. Called once per send attempt, after the attempt is committed; each call makes a fresh text, and the one that an
   * earlier call made for the same delivery stops being valid.
   *
   * @throws 503 `unavailable` when that can not be decided now; nothing was sent, ask again later.
   */
  abstract claim(delivery: Pick<Delivery, 'id' | 'messageId' | 'channel' | 'origin'>): Promise<Claim>;

  /**
   * Says what a call is about, once somebody has pressed its key. Nothing is counted again: the call was. Each call makes a fresh
   * text and the delivery's former one stops being valid: a vendor that asks again has not spoken what it was told before.
   *
   * @throws 503 `unavailable` when that can not be decided now.
   */
  abstract afterKey(delivery: Pick<Delivery, 'id' | 'messageId' | 'channel'>): Promise<Saying>;

  /** The provider definitely did not take the delivery's last text: what it carried is forgotten. */
  abstract withdraw(delivery: Pick<Delivery, 'id' | 'messageId'>): Promise<void>;

  /**
   * The delivery has ended, no provider has taken it, and that is not its recipient's doing: whatever it was counted for is given
   * back. Idempotent.
   *
   * @throws 503 `unavailable`
   */
  abstract cameToNothing(delivery: Pick<Delivery, 'id' | 'messageId' | 'channel' | 'origin'>): Promise<void>;

  /** The message's plan, or null when it is over or gone and no further step may be taken. */
  abstract plan(messageId: string): Promise<MessagePlan | null>;

  /**
   * Takes the step after `fromStep` exactly once: advances the message and inserts the delivery, due now, in one statement,
   * only while the message is pending, stands at `fromStep` and has sends left.
   *
   * @returns the new delivery's id, or null when somebody else took the step or it may not be taken.
   */
  abstract advance(messageId: string, fromStep: number, next: NextDelivery): Promise<string | null>;
}

/** Wakes workers when something became due: this process at once, other nodes by message. Losing it costs a polling interval. */
export abstract class Nudge {
  /** Something is due now. Never throws and is not waited for. */
  abstract nudge(): void;
}

/** One message handed to a provider. */
export interface SubmitRequest extends OutgoingMessage {
  attemptId: string;
  messageId: string;
  channel: Channel;
  /** Where this provider's reports about this attempt go: `{PUBLIC_URL}/v1/reports/{providerId}/{attemptId}/{mac}`. */
  reportUrl: string;
  /** The MAC at its end, for reports that come by another way than that address. */
  reportMac: string;
  /** Calls that wait for a key: where the vendor asks how they go on, `{PUBLIC_URL}/v1/calls/{providerId}/{attemptId}/{mac}`. */
  keyPressUrl?: string;
}

/** An incoming report as HTTP delivered it. */
export interface ReportRequest {
  method: string;
  /** Full public URL, for signatures over it. */
  url: string;
  /** Of a name that stands there twice, the last. */
  query: Record<string, string>;
  headers: Record<string, string>;
  rawBody: Buffer;
  /** From the path, its MAC already checked; absent where the provider reports to one URL. */
  attemptId?: string;
}

/** What a vendor is told to do with a call that goes on. */
export interface CallAnswer {
  contentType: string;
  body: string;
}

/** Asking a vendor, by its own id, what became of a message. */
export interface Polling {
  /** How long to wait before a message is asked about, for the first time and again. */
  everySeconds: number;
  /** Asks about one message, within 5 s. Never throws: no answer, or one that says nothing, is no report. */
  ask(providerMessageId: string): Promise<Report[]>;
}

/** An adapter to an SMS gateway, a voice API or a mail server, under the id the configuration gives it. */
export abstract class Provider {
  abstract readonly id: string;
  abstract readonly channel: Channel;

  /** Of this process; one without a breaker is always used. One that keeps a link to its gateway has it open without one. */
  breakerState(): BreakerState {
    return 'closed';
  }

  /** Null where nobody watches it. */
  health(): ProviderHealth | null {
    return null;
  }

  /** Hands a message over, within 5 s and without retrying. Never throws: every failure is an outcome. */
  abstract submit(request: SubmitRequest): Promise<SubmitOutcome>;

  /**
   * Asked before a delivery is handed over, so that a slow provider does not take the worker, and none is asked in vain.
   *
   * @param anyway although it has refused others for want of credit or for its configuration.
   */
  enter(anyway?: boolean): Place;
  enter(): Place {
    return { leave: () => undefined };
  }

  /** Reads a callback into reports; null when it is not authentic (403). Statuses nobody documented become `unknown`. */
  abstract readReports(request: ReportRequest): Report[] | null | Promise<Report[] | null>;

  /**
   * Answers a vendor that asks how a call goes on. The path's MAC has been checked already.
   *
   * @param say what is to be heard after the key; asked only when it was pressed. Null: nothing, the call ends.
   * @returns null when the question is not authentic (403), or calls are not what this provider does.
   */
  answerCall(request: ReportRequest, say: () => Promise<Saying | null>): Promise<CallAnswer | null>;
  answerCall(): Promise<CallAnswer | null> {
    return Promise.resolve(null);
  }

  /** What the vendor wants to read in the answer to a report, which is 200. */
  readonly reportAnswer: string = '';

  /** How it is asked what became of a message; null where reports come by themselves. */
  readonly polling: Polling | null = null;

  /** The process begins to send: one that keeps a link to its gateway opens it now. Never throws; asked once. */
  open(): void {
    return undefined;
  }

  /** Closes its connections when the process stops. */
  close(): Promise<void> {
    return Promise.resolve();
  }
}

/** What a provider may ask of the process it runs in. */
export interface ProviderContext {
  /** Milliseconds since the epoch, for timestamps within signatures. */
  now(): number;
  /** Whether we made the MAC of a send attempt of this provider, for reports that do not come to its address. Constant time. */
  isOurs(attemptId: string, mac: string): boolean;
  /**
   * Takes reports that come by another way than HTTP, such as receipts over a link. They are stored when this is fulfilled.
   *
   * @throws 503 `unavailable`: keep them, or have the vendor send them again.
   */
  take(reports: Report[]): Promise<void>;
  /** The longest that connecting and a whole exchange may take. */
  limits: { connectMs: number; totalMs: number };
  /** Tells whoever runs this what happened to a link, in fields without anything personal. */
  log: { info(event: string, fields: object): void; warn(event: string, fields: object): void };
}

/** What a kind of provider is, for its page in the documentation; the rest of the page comes from its schema and its maps. */
export interface ProviderPage {
  /** The vendor's own name of the product. */
  title: string;
  about: string;
  /** Lines of `einmal.yaml` under `providers:`, complete. */
  example: string;
  /** What the vendor must be told, and where. */
  setUp: string;
  /** How its reports come, how they are proven genuine, and what they do not say. */
  reports: string;
  /** What was run against something real, and what was only read. */
  tried: string;
  /** Its cells in the table of all providers: how reports come, what proves them genuine, what it was tried against. */
  inShort: { reports: string; genuine: string; tried: string };
  /** The addresses its reports come to: one that each message is given, or one of the account, set at the vendor. */
  reportsTo?: readonly ('message' | 'account')[];
  /** The maps it reads reports and refusals with, for the tables. */
  statuses?: Readonly<Record<string, { status: ReportStatus; cause?: Cause; transient?: boolean }>>;
  errors?: Readonly<Record<string, { failure: SubmitFailure; cause: Cause }>>;
}

/** A kind of provider as the configuration file knows it. */
export interface ProviderKind {
  type: string;
  /** Strict zod object with the literal `type` and `channel`. */
  schema: ZodType;
}

/** A kind of provider: what its configuration looks like and how to make one. */
export interface ProviderType<Config = unknown> extends ProviderKind {
  schema: ZodType<Config>;
  /** Absent: not for production, and without a page. */
  page?: ProviderPage;
  create(id: string, config: Config, context: ProviderContext): Provider;
}
