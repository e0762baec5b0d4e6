import { z } from 'zod';
import { Provider } from '../../../application/provider.js';
import type { ProviderContext, ProviderType } from '../../../application/provider-type.js';
import type { ReportRequest, SubmitRequest } from '../../../application/provider.js';
import type { Report, SubmitOutcome } from '../../../domain/outcome.js';
import { measureSms } from '../../../domain/sms-text.js';
import { OutgoingHttp } from '../../outgoing-http.js';
import { baseUrlOption, commonOptions, headerOption, senderOption } from '../options/common-options.js';
import { errorsOption } from '../outcomes/error-map.js';
import { outcomeOf } from '../outcomes/http-outcome.js';
import { isOneNumber, NOT_ONE_NUMBER } from '../options/one-number.js';
import { meaningOf, statusesOption } from '../outcomes/status-map.js';
import { messageIdIn } from '../proofs/message-id.js';
import { readSevenAnswer } from './seven-answer.js';
import { SEVEN_STATUSES } from './seven-codes.js';
import { sevenPage } from './seven-page.js';
import { isSignedBySeven } from './seven-signature.js';
import { readSevenWebhook, type SevenStatus } from './seven-webhook.js';

// Configuration

const configSchema = z.strictObject({
  ...commonOptions,
  type: z.literal('seven'),
  channel: z.literal('sms'),
  apiKey: headerOption.meta({ description: 'An API key that may send SMS' }),
  signingKey: z
    .string()
    .min(1)
    .optional()
    .meta({ description: 'The account’s signing key, from the API settings. Without it no report is believed' }),
  from: senderOption,
  url: baseUrlOption('https://gateway.seven.io/api'),
  statuses: statusesOption,
  errors: errorsOption,
});
type SevenConfig = z.output<typeof configSchema>;

// Sending

/** The longest that networks are asked to try, and seven's own default: two days. */
const MOST_MINUTES = 2_880;

/** seven.io, once sms77: one API key, one webhook for all reports of the account. */
class Seven extends Provider {
  readonly channel = 'sms';

  constructor(
    readonly id: string,
    private readonly config: SevenConfig,
    private readonly context: ProviderContext,
    private readonly http = new OutgoingHttp(context.limits),
  ) {
    super();
  }

  async submit(request: SubmitRequest): Promise<SubmitOutcome> {
    // seven takes several recipients apart by commas, and names of its address book.
    if (!isOneNumber(request.to)) return NOT_ONE_NUMBER;
    const { apiKey, url, errors } = this.config;
    const headers = { 'X-Api-Key': apiKey, Accept: 'application/json', 'Content-Type': FORM };
    const exchange = await this.http.post(`${url}/sms`, headers, this.form(request));
    return outcomeOf(exchange, (answer) => readSevenAnswer(answer, errors));
  }

  private form({ to, from, text, attemptId, validForSeconds }: SubmitRequest): string {
    const minutes = Math.min(MOST_MINUTES, Math.max(1, Math.ceil(validForSeconds / 60)));
    return new URLSearchParams({
      ...{ to, text, ttl: String(minutes), foreign_id: attemptId },
      // Digits only, where it is a number.
      from: (from ?? this.config.from).replace('+', ''),
      ...(measureSms(text).encoding === 'ucs2' && { unicode: '1' }),
    }).toString();
  }

  readReports(request: ReportRequest): Report[] | null {
    const { signingKey } = this.config;
    if (signingKey === undefined || !isSignedBySeven(request, signingKey, this.context.now())) return null;
    const said = readSevenWebhook(request);
    const whose = said ? named(said) : {};
    // Of a message that nothing names, nothing can be said.
    return said && Object.keys(whose).length > 0 ? [{ providerId: this.id, ...whose, ...this.meaningOf(said) }] : [];
  }

  private meaningOf({ status }: SevenStatus): Pick<Report, 'status' | 'cause' | 'detail'> {
    const detail = /^[A-Z_]{1,32}$/.test(status) ? status : 'no status word';
    return { ...meaningOf([status], this.config.statuses, SEVEN_STATUSES), detail };
  }

  override close(): Promise<void> {
    return this.http.close();
  }
}

const FORM = 'application/x-www-form-urlencoded';

// Reports

/** The attempt where seven repeats what it was sent with, which it does for a message whose answer never came, too. */
function named({ messageId, foreignId }: SevenStatus): Pick<Report, 'attemptId' | 'providerMessageId'> {
  const attempt = /^att_[\w-]{1,60}$/.exec(foreignId ?? '')?.[0];
  return { ...messageIdIn(messageId), ...(attempt !== undefined && { attemptId: attempt }) };
}

export const seven: ProviderType<SevenConfig> = {
  type: 'seven',
  page: sevenPage,
  schema: configSchema,
  create: (id, config, context) => new Seven(id, config, context),
};
