import { Provider, type Polling, type ReportRequest, type SubmitRequest } from '../../../application/provider.js';
import type { ProviderContext } from '../../../application/provider-type.js';
import type { Report, SubmitOutcome } from '../../../domain/outcome.js';
import { measureSms } from '../../../domain/sms-text.js';
import { OutgoingHttp } from '../../outgoing-http.js';
import { BAD_REQUEST, refuse } from '../outcomes/error-map.js';
import { outcomeOf } from '../outcomes/http-outcome.js';
import { isOneNumber, NOT_ONE_NUMBER } from '../options/one-number.js';
import { readAnswer } from './answers.js';
import { authHeaders } from './auth.js';
import { buildRequest } from './build-request.js';
import type { HttpConfig } from './http-config.js';
import { readPolled, type PollRules } from './poll.js';
import { readReports } from './reports.js';
import { valuesOf } from './variables.js';

/** A gateway as its description says. What is particular to it is data; what follows from it is the same for every gateway. */
export class HttpProvider extends Provider {
  readonly channel = 'sms';
  override readonly reportAnswer: string;
  override readonly polling: Polling | null;
  private readonly http: OutgoingHttp;
  private readonly auth: Record<string, string>;

  constructor(
    readonly id: string,
    private readonly config: HttpConfig,
    private readonly context: ProviderContext,
  ) {
    super();
    this.http = new OutgoingHttp(context.limits);
    this.auth = authHeaders(config.auth);
    this.reportAnswer = config.reports?.answer ?? '';
    const { poll } = config;
    this.polling = poll ? { everySeconds: poll.everySeconds, ask: (id) => this.ask(poll, id) } : null;
  }

  async submit(request: SubmitRequest): Promise<SubmitOutcome> {
    if (!isOneNumber(request.to)) return NOT_ONE_NUMBER;
    const { send, values, from = '', encodings = {}, leastValiditySeconds } = this.config;
    const { encoding } = measureSms(request.text);
    const settings = { from, encodings, leastValiditySeconds, nowMs: this.context.now() };
    const all = { ...valuesOf(request, settings), ...values };
    const outgoing = buildRequest(send, { values: all, encoding, common: this.auth });
    if (!outgoing) return refuse(BAD_REQUEST, 'the request can not carry the text');
    return outcomeOf(await this.http.exchange(outgoing), (answer) => readAnswer(answer, this.config));
  }

  readReports(request: ReportRequest): Report[] | null {
    const { reports } = this.config;
    if (!reports) return null;
    return readReports(request, reports, { providerId: this.id, meanings: this.config, context: this.context });
  }

  override close(): Promise<void> {
    return this.http.close();
  }

  private async ask(poll: PollRules, providerMessageId: string): Promise<Report[]> {
    const values = { ...this.config.values, id: providerMessageId };
    const outgoing = buildRequest(poll, { values, encoding: 'gsm7', common: this.auth });
    if (!outgoing) return [];
    const about = { providerId: this.id, providerMessageId, meanings: this.config };
    return readPolled(await this.http.exchange(outgoing), poll, about);
  }
}
