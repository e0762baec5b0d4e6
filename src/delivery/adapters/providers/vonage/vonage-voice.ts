import { z } from 'zod';
import { Provider, type CallAnswer, type ReportRequest, type SubmitRequest } from '../../../application/provider.js';
import type { ProviderContext, ProviderType } from '../../../application/provider-type.js';
import type { Saying } from '../../../application/ports.js';
import type { Report, SubmitOutcome } from '../../../domain/outcome.js';
import { OutgoingHttp } from '../../outgoing-http.js';
import { callerOf, callOptions, LONGEST_CALL_SECONDS } from '../calls/call-options.js';
import { ringingFor, TOO_LATE } from '../calls/ringing.js';
import { NO_VOICE, voiceFor } from '../calls/voice-for.js';
import { detailOf, isWaitingForKey, waitingForKey, type ShownBy } from '../calls/shown-by.js';
import { baseUrlOption, commonOptions } from '../options/common-options.js';
import { errorsOption } from '../outcomes/error-map.js';
import { outcomeOf } from '../outcomes/http-outcome.js';
import { isOneNumber, NOT_ONE_NUMBER } from '../options/one-number.js';
import { meaningOf, statusesOption } from '../outcomes/status-map.js';
import { applicationToken, isFromVonage } from './vonage-jwt.js';
import { privateKeyOption } from './vonage-private-key.js';
import { readVonageCallAnswer } from './vonage-voice-errors.js';
import { askedForKey, HUNG_UP, isKey, saidAloud } from './vonage-voice-ncco.js';
import { vonageVoicePage } from './vonage-voice-page.js';
import { codesOf, VONAGE_CALL_STATUS, type CallEvent } from './vonage-voice-status.js';
import { VONAGE_VOICES } from './vonage-voices.js';

// Configuration

const configSchema = z.strictObject({
  ...commonOptions,
  type: z.literal('vonage-voice'),
  channel: z.literal('voice'),
  url: baseUrlOption('https://api.nexmo.com'),
  applicationId: z.guid({ error: 'must be a UUID' }).meta({ description: 'The application with the capability Voice' }),
  privateKey: privateKeyOption,
  signatureSecret: z
    .string()
    .min(1)
    .max(256)
    .meta({ description: 'What the account’s callbacks are signed with: Settings, Signed webhooks' }),
  apiKey: z
    .string()
    .regex(/^\w{1,32}$/, { error: 'must be letters and digits' })
    .optional()
    .meta({ description: 'Of the account, which signed callbacks name besides the application' }),
  ...callOptions,
  statuses: statusesOption,
  errors: errorsOption,
});
type VonageVoiceConfig = z.output<typeof configSchema>;

// Sending

/** Vonage's Voice API: what is said goes out with the call, or once somebody has pressed its key. */
class VonageVoice extends Provider {
  readonly channel = 'voice';

  constructor(
    readonly id: string,
    private readonly config: VonageVoiceConfig,
    private readonly http: OutgoingHttp,
    private readonly context: Pick<ProviderContext, 'now'>,
  ) {
    super();
  }

  async submit(request: SubmitRequest): Promise<SubmitOutcome> {
    const { url, applicationId, privateKey, ringSeconds, errors } = this.config;
    if (!isOneNumber(request.to)) return NOT_ONE_NUMBER;
    if (!voiceFor(VONAGE_VOICES, request.locale)) return NO_VOICE;
    const ringing = ringingFor(ringSeconds, request.validForSeconds);
    if (ringing === null) return TOO_LATE;
    const token = await applicationToken(applicationId, privateKey, this.context.now());
    const exchange = await this.http.post(
      `${url}/v1/calls`,
      { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', Accept: 'application/json' },
      JSON.stringify(this.bodyOf(request, ringing)),
    );
    return outcomeOf(exchange, (answer) => readVonageCallAnswer(answer, errors));
  }

  /** https://developer.vonage.com/en/api/voice#createCall */
  private bodyOf(request: SubmitRequest, ringing: number): object {
    const { to, from, text, speech = [text], locale, keyPressUrl, reportUrl } = request;
    const said = { speech, locale };
    return {
      to: [{ type: 'phone', number: to.slice(1) }],
      from: { type: 'phone', number: callerOf(from, this.config.from).slice(1) },
      ncco: keyPressUrl === undefined ? saidAloud(said) : askedForKey(said, keyPressUrl),
      event_url: [keyPressUrl === undefined ? reportUrl : waitingForKey(reportUrl)],
      event_method: 'POST',
      ringing_timer: ringing,
      length_timer: LONGEST_CALL_SECONDS,
      ...(this.config.machineDetection && { machine_detection: 'hangup' }),
    };
  }

  // Reports

  async readReports(request: ReportRequest): Promise<Report[] | null> {
    const { attemptId } = request;
    if (attemptId === undefined || !(await this.isAuthentic(request))) return null;
    const event = read(request.rawBody);
    const codes = codesOf(event, this.shownBy(request));
    // An event of another kind, like what was pressed.
    if (codes.length === 0) return [];
    const { uuid } = event;
    return [
      {
        ...{ providerId: this.id, attemptId },
        ...(typeof uuid === 'string' && /^[0-9a-fA-F-]{36}$/.test(uuid) && { providerMessageId: uuid }),
        ...meaningOf(codes, this.config.statuses, VONAGE_CALL_STATUS),
        detail: detailOf(codes),
      },
    ];
  }

  private shownBy({ query }: ReportRequest): ShownBy {
    if (isWaitingForKey(query)) return 'key';
    return this.config.machineDetection ? 'human' : 'completed';
  }

  override async answerCall(request: ReportRequest, say: () => Promise<Saying | null>): Promise<CallAnswer | null> {
    if (!(await this.isAuthentic(request))) return null;
    const saying = isKey(read(request.rawBody)) ? await say() : null;
    const ncco = saying ? saidAloud(saying) : HUNG_UP;
    return { contentType: 'application/json; charset=utf-8', body: JSON.stringify(ncco) };
  }

  // Authentication: vonage-jwt.ts

  private isAuthentic(request: ReportRequest): Promise<boolean> {
    return isFromVonage(request, this.config, this.context.now());
  }

  override close(): Promise<void> {
    return this.http.close();
  }
}

function read(body: Buffer): CallEvent {
  try {
    const event: unknown = JSON.parse(body.toString('utf8'));
    return typeof event === 'object' && event !== null ? { ...event } : {};
  } catch {
    return {};
  }
}

// Errors: vonage-voice-errors.ts

export const vonageVoice: ProviderType<VonageVoiceConfig> = {
  type: 'vonage-voice',
  schema: configSchema,
  page: vonageVoicePage,
  create: (id, config, context) => new VonageVoice(id, config, new OutgoingHttp(context.limits), context),
};
