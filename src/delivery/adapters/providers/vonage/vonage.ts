import { Provider, type ReportRequest, type SubmitRequest } from '../../../application/provider.js';
import type { ProviderContext, ProviderType } from '../../../application/provider-type.js';
import type { Report, SubmitOutcome } from '../../../domain/outcome.js';
import { measureSms } from '../../../domain/sms-text.js';
import { OutgoingHttp } from '../../outgoing-http.js';
import { outcomeOf } from '../outcomes/http-outcome.js';
import { isOneNumber, NOT_ONE_NUMBER } from '../options/one-number.js';
import { credentials } from './vonage-account.js';
import { readVonageAnswer } from './vonage-answer.js';
import { vonageSchema, type VonageConfig } from './vonage-config.js';
import { vonagePage } from './vonage-page.js';
import { attemptOfReference, receiptAddress, receiptParameters } from './vonage-report.js';
import { isSignedByVonage, type VonageParameters } from './vonage-signature.js';
import { readVonageStatus } from './vonage-statuses.js';

// Configuration: vonage-config.ts

// Sending

/** Of `ttl`, in milliseconds. */
const SHORTEST_TTL = 20_000;
const LONGEST_TTL = 604_800_000;

/** Vonage's SMS API, formerly Nexmo. */
class Vonage extends Provider {
  readonly channel = 'sms';

  constructor(
    readonly id: string,
    private readonly config: VonageConfig,
    private readonly http: OutgoingHttp,
    private readonly context: ProviderContext,
  ) {
    super();
  }

  async submit(request: SubmitRequest): Promise<SubmitOutcome> {
    const { to, from = this.config.from, text, validForSeconds } = request;
    if (!isOneNumber(to)) return NOT_ONE_NUMBER;
    const message = {
      // Numbers without their plus, both of them.
      ...{ from: from.replace(/^\+/, ''), to: to.slice(1), text },
      type: measureSms(text).encoding === 'gsm7' ? 'text' : 'unicode',
      ttl: String(Math.min(Math.max(Math.ceil(validForSeconds * 1_000), SHORTEST_TTL), LONGEST_TTL)),
      ...receiptAddress(request),
    };
    const { headers, form } = credentials(message, this.config, this.context.now());
    const exchange = await this.http.post(
      `${this.config.url}/sms/json`,
      { ...headers, 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' },
      new URLSearchParams(form).toString(),
    );
    return outcomeOf(exchange, (answer) => readVonageAnswer(answer, this.config.errors));
  }

  // Reports

  readReports(request: ReportRequest): Report[] | null {
    const said = receiptParameters(request);
    const attemptId = request.attemptId ?? attemptOfReference(said['client-ref'] ?? '', this.context);
    if (!this.isAuthentic(said, attemptId)) return null;
    const { status = '', messageId = '' } = said;
    if (!/^\w{1,32}$/.test(status)) return [];
    const errorCode = /^[1-9]\d{0,3}$/.exec(said['err-code'] ?? '')?.[0];
    return [
      {
        providerId: this.id,
        ...(attemptId !== undefined && { attemptId }),
        ...(/^[\w-]{1,64}$/.test(messageId) && { providerMessageId: messageId }),
        ...readVonageStatus(status, errorCode, this.config.statuses),
        detail: errorCode === undefined ? status : `${status} err ${errorCode}`,
      },
    ];
  }

  // Authentication

  /** Where the account signs, the signature, always; else nothing but a name of the attempt that only we can have made. */
  private isAuthentic(said: VonageParameters, attemptId: string | undefined): boolean {
    const { signatureSecret, signatureMethod, signedReports } = this.config;
    if (signatureSecret === undefined || !signedReports) return attemptId !== undefined;
    return isSignedByVonage(said, { secret: signatureSecret, method: signatureMethod }, this.context.now());
  }

  override close(): Promise<void> {
    return this.http.close();
  }
}

// Errors: vonage-errors.ts, which vonage-answer.ts reads with

export const vonage: ProviderType<VonageConfig> = {
  type: 'vonage',
  schema: vonageSchema,
  page: vonagePage,
  create: (id, config, context) => new Vonage(id, config, new OutgoingHttp(context.limits), context),
};
