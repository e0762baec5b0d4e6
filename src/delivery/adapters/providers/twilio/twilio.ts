import { Provider, type ReportRequest, type SubmitRequest } from '../../../application/provider.js';
import type { ProviderType } from '../../../application/provider-type.js';
import type { Report, SubmitOutcome } from '../../../domain/outcome.js';
import { OutgoingHttp } from '../../outgoing-http.js';
import { outcomeOf } from '../outcomes/http-outcome.js';
import { isOneNumber, NOT_ONE_NUMBER } from '../options/one-number.js';
import { twilioHeaders } from './twilio-account.js';
import { readTwilioAnswer } from './twilio-answer.js';
import { ASK_AGAIN, callbackParameters } from './twilio-callback.js';
import { twilioSchema, type TwilioConfig } from './twilio-config.js';
import { twilioPage } from './twilio-page.js';
import { readTwilioStatus } from './twilio-statuses.js';

// Configuration: twilio-config.ts

// Sending

/** Of `ValidityPeriod`, in seconds: how long a message may wait in Twilio's own queue. */
const LONGEST_VALIDITY = 14_400;

/** Twilio's Programmable Messaging, text messages. */
class Twilio extends Provider {
  readonly channel = 'sms';

  constructor(
    readonly id: string,
    private readonly config: TwilioConfig,
    private readonly http: OutgoingHttp,
  ) {
    super();
  }

  async submit({ to, from, text, validForSeconds, reportUrl }: SubmitRequest): Promise<SubmitOutcome> {
    if (!isOneNumber(to)) return NOT_ONE_NUMBER;
    const { url, accountSid, messagingServiceSid, errors } = this.config;
    const sender = from ?? this.config.from;
    const form = new URLSearchParams({
      To: to,
      ...(sender !== undefined && { From: withPlus(sender) }),
      ...(messagingServiceSid !== undefined && { MessagingServiceSid: messagingServiceSid }),
      Body: text,
      // A messaging service would else write other characters than those that were measured.
      SmartEncoded: 'false',
      ValidityPeriod: String(Math.min(Math.max(Math.ceil(validForSeconds), 1), LONGEST_VALIDITY)),
      StatusCallback: reportUrl + ASK_AGAIN,
    });
    const address = `${url}/2010-04-01/Accounts/${accountSid}/Messages.json`;
    const exchange = await this.http.post(address, twilioHeaders(this.config), form.toString());
    return outcomeOf(exchange, (answer) => readTwilioAnswer(answer, errors));
  }

  // Reports

  readReports(request: ReportRequest): Report[] | null {
    const said = callbackParameters(request, this.config.authToken);
    if (!said) return null;
    const status = said.get('MessageStatus') ?? said.get('SmsStatus') ?? '';
    if (!/^\w{1,32}$/.test(status)) return [];
    const sid = said.get('MessageSid') ?? said.get('SmsSid') ?? '';
    // Absent, empty or `null` where there is none.
    const errorCode = /^\d{3,6}$/.exec(said.get('ErrorCode') ?? '')?.[0];
    return [
      {
        providerId: this.id,
        ...(request.attemptId !== undefined && { attemptId: request.attemptId }),
        ...(/^\w{1,64}$/.test(sid) && { providerMessageId: sid }),
        ...readTwilioStatus(status, errorCode, this.config.statuses),
        detail: errorCode === undefined ? status : `${status} ${errorCode}`,
      },
    ];
  }

  // Authentication: twilio-callback.ts

  override close(): Promise<void> {
    return this.http.close();
  }
}

/** E.164 is written with its plus, also by those who left it out. Short codes are shorter and have none. */
const withPlus = (sender: string) => (/^\d{9,15}$/.test(sender) ? `+${sender}` : sender);

// Errors: twilio-errors.ts, which twilio-answer.ts reads with

export const twilio: ProviderType<TwilioConfig> = {
  type: 'twilio',
  schema: twilioSchema,
  page: twilioPage,
  create: (id, config, { limits }) => new Twilio(id, config, new OutgoingHttp(limits)),
};
