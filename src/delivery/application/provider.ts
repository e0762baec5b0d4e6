import type { Channel } from '../../shared/channel.js';
import type { Report, SubmitOutcome } from '../domain/outcome.js';
import type { OutgoingMessage, Saying } from './ports.js';
import type { BreakerState, Place, NoLink, ProviderHealth } from './provider-health.js';

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

/** How long reports are: of one message, of as many as a vendor puts into one, or a mail with what it returns. */
export const MOST_REPORT_BYTES = { one: 16 * 1024, many: 64 * 1024, mail: 1024 * 1024 };

/** An adapter to an SMS gateway, a voice API or a mail server, under the id the configuration gives it. */
export abstract class Provider {
  abstract readonly id: string;
  abstract readonly channel: Channel;

  /** Of this process; one without a breaker is always used. One that keeps a link to its gateway has it open without one. */
  breakerState(): BreakerState {
    return 'closed';
  }

  /** Of this process; null: it has its link to the gateway, or keeps none. */
  noLink(): NoLink | null {
    return null;
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

  /** The longest report that is looked at: before it is proven genuine it is anybody's. */
  readonly mostReportBytes: number = MOST_REPORT_BYTES.one;

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
