import { z } from 'zod';
import { MOST_REPORT_BYTES, Provider } from '../../../application/provider.js';
import type { ProviderContext, ProviderType } from '../../../application/provider-type.js';
import type { ReportRequest, SubmitRequest } from '../../../application/provider.js';
import type { Report, SubmitOutcome } from '../../../domain/outcome.js';
import { OutgoingHttp } from '../../outgoing-http.js';
import { accountUrlOption, commonOptions, headerOption, senderOption } from '../options/common-options.js';
import { errorsOption } from '../outcomes/error-map.js';
import { outcomeOf } from '../outcomes/http-outcome.js';
import { isOneNumber, NOT_ONE_NUMBER } from '../options/one-number.js';
import { statusesOption } from '../outcomes/status-map.js';
import { readInfobipAnswer } from './infobip-answer.js';
import { authenticResults, callbackData } from './infobip-callback.js';
import { infobipPage } from './infobip-page.js';
import { readInfobipResult } from './infobip-report.js';

// Configuration

const configSchema = z.strictObject({
  ...commonOptions,
  type: z.literal('infobip'),
  channel: z.literal('sms'),
  url: accountUrlOption,
  apiKey: headerOption.meta({ description: 'An API key that may send SMS' }),
  from: senderOption,
  statuses: statusesOption,
  errors: errorsOption,
});
type InfobipConfig = z.output<typeof configSchema>;

// Sending

/** Two days; Infobip takes anything longer for that. */
const MOST_SECONDS = 172_800;

/** Infobip's SMS API 3. */
class Infobip extends Provider {
  readonly channel = 'sms';
  /** Up to a hundred results of some 600 bytes. */
  override readonly mostReportBytes = MOST_REPORT_BYTES.many;

  constructor(
    readonly id: string,
    private readonly config: InfobipConfig,
    private readonly context: ProviderContext,
    private readonly http = new OutgoingHttp(context.limits),
  ) {
    super();
  }

  async submit(request: SubmitRequest): Promise<SubmitOutcome> {
    if (!isOneNumber(request.to)) return NOT_ONE_NUMBER;
    const { apiKey, url, errors } = this.config;
    const headers = { Authorization: `App ${apiKey}`, Accept: JSON_TYPE, 'Content-Type': JSON_TYPE };
    const body = JSON.stringify({ messages: [this.message(request)] });
    const exchange = await this.http.post(`${url}/sms/3/messages`, headers, body);
    return outcomeOf(exchange, (answer) => readInfobipAnswer(answer, errors));
  }

  private message({ to, from, text, attemptId, validForSeconds, reportUrl, reportMac }: SubmitRequest): object {
    const seconds = Math.min(MOST_SECONDS, Math.max(1, Math.ceil(validForSeconds)));
    return {
      // Numbers as their digits, both of them.
      sender: (from ?? this.config.from).replace('+', ''),
      destinations: [{ to: to.slice(1), messageId: attemptId }],
      // The text is as long as it was measured: no account's default makes another one of it.
      content: { text, transliteration: 'NONE' },
      options: { validityPeriod: { amount: seconds, timeUnit: 'SECONDS' } },
      webhooks: {
        ...{ delivery: { url: reportUrl }, contentType: JSON_TYPE },
        callbackData: callbackData(attemptId, reportMac),
      },
    };
  }

  /** A callback may be about more messages than its path's. */
  async readReports(request: ReportRequest): Promise<Report[] | null> {
    const isOurs = (attemptId: string, mac: string) => this.context.isOurs(attemptId, mac);
    const told = authenticResults(request, isOurs);
    if (!told) return null;
    const { statuses } = this.config;
    const reports = told.map(({ attemptId, result }) => ({
      ...{ providerId: this.id, attemptId },
      ...readInfobipResult(result, statuses),
    }));
    if (request.attemptId === undefined) return reports;
    // Whatever is returned here is taken for the path's attempt.
    const others = reports.filter(({ attemptId }) => attemptId !== request.attemptId);
    if (others.length > 0) await this.context.take(others);
    return reports.filter(({ attemptId }) => attemptId === request.attemptId);
  }

  override close(): Promise<void> {
    return this.http.close();
  }
}

const JSON_TYPE = 'application/json';

export const infobip: ProviderType<InfobipConfig> = {
  type: 'infobip',
  page: infobipPage,
  schema: configSchema,
  create: (id, config, context) => new Infobip(id, config, context),
};
