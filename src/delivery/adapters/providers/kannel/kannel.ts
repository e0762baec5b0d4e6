import type { Report, SubmitOutcome } from '../../../domain/outcome.js';
import { Provider, type ReportRequest, type SubmitRequest } from '../../../application/provider.js';
import type { ProviderType } from '../../../application/provider-type.js';
import { isGsm7 } from '../../../domain/sms-text.js';
import { OutgoingHttp } from '../../outgoing-http.js';
import { isOneNumber, NOT_ONE_NUMBER } from '../options/one-number.js';
import { inUcs2 } from '../options/ucs2.js';
import { outcomeOf } from '../outcomes/http-outcome.js';
import { readKannelAnswer } from './kannel-answer.js';
import { kannelSchema, type KannelConfig } from './kannel-config.js';
import { kannelPage } from './kannel-page.js';
import { readKannelReport, REPORT_QUERY } from './kannel-report.js';

// Configuration: kannel-config.ts

// Sending

/** Bits of `gw/dlr.h`: delivered, failed, buffered, accepted and rejected by the SMSC. */
const EVERY_REPORT = '31';

/** An SMS gateway: HTTP in, SMPP or whatever the SMSC speaks out, reports as unsigned GETs. Kannel 1.4.5. */
class Kannel extends Provider {
  readonly channel = 'sms';

  constructor(
    readonly id: string,
    private readonly config: KannelConfig,
    private readonly http: OutgoingHttp,
  ) {
    super();
  }

  /** POST with everything in headers: with GET, the code would stand in the URL and so in the gateway's access log. */
  async submit({ to, from, text, validForSeconds, reportUrl }: SubmitRequest): Promise<SubmitOutcome> {
    if (!isOneNumber(to)) return NOT_ONE_NUMBER;
    const { url, username, password, smsc, errors } = this.config;
    const { headers, body } = encode(text);
    const exchange = await this.http.post(
      url,
      {
        ...headers,
        'X-Kannel-Username': username,
        'X-Kannel-Password': password,
        'X-Kannel-From': from ?? this.config.from,
        'X-Kannel-To': to,
        'X-Kannel-Validity': String(Math.max(1, Math.ceil(validForSeconds / 60))),
        'X-Kannel-DLR-Mask': EVERY_REPORT,
        'X-Kannel-DLR-Url': `${reportUrl}?${REPORT_QUERY}`,
        ...(smsc !== undefined && { 'X-Kannel-SMSC': smsc }),
      },
      body,
    );
    return outcomeOf(exchange, (answer) => readKannelAnswer(answer, errors));
  }

  // Reports: kannel-report.ts

  readReports({ attemptId, query }: ReportRequest): Report[] | null {
    if (attemptId === undefined) return null;
    const read = readKannelReport(query, this.config.statuses);
    const smscId = query['F'] ?? '';
    const named = { attemptId, ...(/^[\w-]{1,64}$/.test(smscId) && { providerMessageId: smscId }) };
    return read ? [{ providerId: this.id, ...named, ...read }] : [];
  }

  // Authentication: Kannel signs nothing. Only the address with an attempt and its MAC, checked before, proves a callback.

  override close(): Promise<void> {
    return this.http.close();
  }
}

/** We choose the coding: left to itself Kannel turns what the 7-bit alphabet lacks into question marks. */
function encode(text: string): { headers: Record<string, string>; body: string | Buffer } {
  if (isGsm7(text))
    return { headers: { 'Content-Type': 'text/plain; charset=UTF-8', 'X-Kannel-Coding': '0' }, body: text };
  const body = inUcs2(text);
  return { headers: { 'Content-Type': 'text/plain; charset=UTF-16BE', 'X-Kannel-Coding': '2' }, body };
}

// Errors: kannel-errors.ts, which kannel-answer.ts reads with

export const kannel: ProviderType<KannelConfig> = {
  type: 'kannel',
  schema: kannelSchema,
  page: kannelPage,
  create: (id, config, { limits }) => new Kannel(id, config, new OutgoingHttp(limits)),
};
