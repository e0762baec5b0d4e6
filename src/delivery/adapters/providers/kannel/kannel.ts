import { z } from 'zod';
import type { Report, SubmitOutcome } from '../../../domain/outcome.js';
import { Provider, type ReportRequest, type SubmitRequest } from '../../../application/provider.js';
import type { ProviderType } from '../../../application/provider-type.js';
import { isGsm7 } from '../../../domain/sms-text.js';
import { OutgoingHttp } from '../../outgoing-http.js';
import { commonOptions, senderOption } from '../options/common-options.js';
import { MISCONFIGURED, refuse, rejected } from '../outcomes/error-map.js';
import { outcomeOf, type Answer } from '../outcomes/http-outcome.js';
import { kannelPage } from './kannel-page.js';
import { readKannelReport, REPORT_QUERY } from './kannel-report.js';
import { statusesOption } from '../outcomes/status-map.js';

// Configuration

/** Printable ASCII: these values become header lines. */
const headerSafe = z.string().regex(/^[\x20-\x7e]{1,128}$/, { error: 'must be 1 to 128 printable ASCII characters' });

const configSchema = z.strictObject({
  ...commonOptions,
  type: z.literal('kannel'),
  channel: z.literal('sms'),
  url: z
    .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
    .meta({ description: 'Where smsbox takes messages: `http://gateway:13013/cgi-bin/sendsms`' }),
  username: headerSafe.meta({ description: 'Of a `sendsms-user` in kannel.conf' }),
  password: headerSafe.meta({ description: 'Its password' }),
  from: senderOption,
  smsc: headerSafe.optional().meta({ description: 'Kannel’s `smsc-id`, where it has several routes' }),
  statuses: statusesOption,
});
export type KannelConfig = z.output<typeof configSchema>;

// Sending

/** Bits of `gw/dlr.h`: delivered, failed, buffered, accepted and rejected by the SMSC. */
const EVERY_REPORT = '31';
const E164 = /^\+[1-9]\d{6,14}$/;

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
    // A space makes several recipients of one, so nothing but one number may pass.
    if (!E164.test(to)) return { kind: 'refused', failure: 'rejected', cause: 'other', detail: 'not an E.164 number' };
    const { url, username, password, smsc } = this.config;
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
    return outcomeOf(exchange, readAnswer);
  }

  readReports({ attemptId, query }: ReportRequest): Report[] | null {
    if (!isAuthentic(attemptId)) return null;
    const read = readKannelReport(query, this.config.statuses);
    const smscId = query['F'] ?? '';
    const named = { attemptId, ...(/^[\w-]{1,64}$/.test(smscId) && { providerMessageId: smscId }) };
    return read ? [{ providerId: this.id, ...named, ...read }] : [];
  }

  override close(): Promise<void> {
    return this.http.close();
  }
}

/** We choose the coding: left to itself Kannel turns what the 7-bit alphabet lacks into question marks. */
function encode(text: string): { headers: Record<string, string>; body: string | Buffer } {
  if (isGsm7(text))
    return { headers: { 'Content-Type': 'text/plain; charset=UTF-8', 'X-Kannel-Coding': '0' }, body: text };
  const body = Buffer.from(text, 'utf16le').swap16();
  return { headers: { 'Content-Type': 'text/plain; charset=UTF-16BE', 'X-Kannel-Coding': '2' }, body };
}

// Reports: kannel-report.ts reads them. Authentication:

/** Kannel signs nothing: only the address with an attempt and its MAC, checked before, proves that a callback is one. */
const isAuthentic = (attemptId: string | undefined): attemptId is string => attemptId !== undefined;

// Errors

/** smsbox's answers (gw/smsbox.c), the first that fits. `3:` waits for the SMSC's link and may leave late: hence the validity. */
const ANSWERS: readonly { status: number; body: RegExp; outcome: SubmitOutcome }[] = [
  { status: 202, body: /Denied receivers/, outcome: refuse(rejected('blocked'), 'denied by a list') },
  { status: 202, body: /^0: /, outcome: { kind: 'accepted', detail: 'accepted' } },
  { status: 202, body: /^3: /, outcome: { kind: 'accepted', detail: 'queued for later delivery' } },
  { status: 202, body: /^Sent\./, outcome: { kind: 'accepted', detail: 'accepted' } },
  { status: 403, body: /^Not routable/, outcome: refuse(rejected('blocked'), 'not routable') },
  { status: 403, body: /^/, outcome: refuse(MISCONFIGURED, 'authorization failed') },
  { status: 400, body: /denied/, outcome: refuse(rejected('blocked'), 'denied by a list') },
];

const readAnswer = ({ status, body }: Answer): SubmitOutcome | null =>
  ANSWERS.find((answer) => answer.status === status && answer.body.test(body))?.outcome ?? null;

export const kannel: ProviderType<KannelConfig> = {
  type: 'kannel',
  schema: configSchema,
  page: kannelPage,
  create: (id, config, { limits }) => new Kannel(id, config, new OutgoingHttp(limits)),
};
