import { z } from 'zod';
import { Provider, type ReportRequest, type SubmitRequest } from '../../../application/provider.js';
import type { ProviderType } from '../../../application/provider-type.js';
import type { Report, SubmitOutcome } from '../../../domain/outcome.js';
import { OutgoingHttp } from '../../outgoing-http.js';
import { baseUrlOption, commonOptions, senderOption } from '../options/common-options.js';
import { errorsOption } from '../outcomes/error-map.js';
import { outcomeOf } from '../outcomes/http-outcome.js';
import { isOneNumber, NOT_ONE_NUMBER } from '../options/one-number.js';
import { statusesOption } from '../outcomes/status-map.js';
import { hasWholeKey, twilioAccount, twilioAuthorization, WHOLE_KEY } from './twilio-account.js';
import { readTwilioAnswer } from './twilio-errors.js';
import { twilioPage } from './twilio-page.js';
import { signedParameters } from './twilio-signature.js';
import { readTwilioStatus } from './twilio-status.js';

// Configuration

const configSchema = z
  .strictObject({
    ...commonOptions,
    type: z.literal('twilio'),
    channel: z.literal('sms'),
    url: baseUrlOption('https://api.twilio.com'),
    ...twilioAccount,
    from: senderOption.optional(),
    messagingServiceSid: z
      .string()
      .regex(/^MG[0-9a-fA-F]{32}$/, { error: 'must be MG and 32 hexadecimal digits' })
      .optional()
      .meta({ description: 'A messaging service that chooses the sender, or holds the one that `from` names' }),
    statuses: statusesOption,
    errors: errorsOption,
  })
  .refine(hasWholeKey, WHOLE_KEY)
  .refine(({ from, messagingServiceSid }) => from !== undefined || messagingServiceSid !== undefined, {
    error: 'needs `from`, `messagingServiceSid` or both',
  });
type TwilioConfig = z.output<typeof configSchema>;

// Sending

/** Of `ValidityPeriod`, in seconds: how long a message may wait in Twilio's own queue. */
const LONGEST_VALIDITY = 14_400;
/** Of itself Twilio asks again only where it could not connect, and then once. With this, a report outlives a restart of ours. */
const ASK_AGAIN = '#rc=5&rp=all';

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
    const exchange = await this.http.post(
      `${url}/2010-04-01/Accounts/${accountSid}/Messages.json`,
      {
        ...twilioAuthorization(this.config),
        'Content-Type': 'application/x-www-form-urlencoded',
        Accept: 'application/json',
      },
      form.toString(),
    );
    return outcomeOf(exchange, (answer) => readTwilioAnswer(answer, errors));
  }

  // Reports

  readReports(request: ReportRequest): Report[] | null {
    const said = this.authentic(request);
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

  // Authentication: twilio-signature.ts. Twilio signs the address without its fragment; what only speaks its language may not.

  private authentic(request: ReportRequest): URLSearchParams | null {
    const { authToken } = this.config;
    const asGiven = { ...request, url: request.url + ASK_AGAIN };
    return signedParameters(request, authToken) ?? signedParameters(asGiven, authToken);
  }

  override close(): Promise<void> {
    return this.http.close();
  }
}

/** E.164 is written with its plus, also by those who left it out. Short codes are shorter and have none. */
const withPlus = (sender: string) => (/^\d{9,15}$/.test(sender) ? `+${sender}` : sender);

// Errors: twilio-errors.ts

export const twilio: ProviderType<TwilioConfig> = {
  type: 'twilio',
  schema: configSchema,
  page: twilioPage,
  create: (id, config, { limits }) => new Twilio(id, config, new OutgoingHttp(limits)),
};
