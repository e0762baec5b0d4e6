import type { Saying } from '../../../application/ports.js';
import type { ProviderContext, ProviderType } from '../../../application/provider-type.js';
import { Provider, type CallAnswer, type ReportRequest, type SubmitRequest } from '../../../application/provider.js';
import type { Report, SubmitOutcome } from '../../../domain/outcome.js';
import { OutgoingHttp } from '../../outgoing-http.js';
import { beforeCalling } from '../calls/before-calling.js';
import { detailOf } from '../calls/call-detail.js';
import { callerOf, LONGEST_CALL_SECONDS } from '../calls/call-options.js';
import { waitingForKey } from '../calls/key-press.js';
import { shownBy } from '../calls/shown-by.js';
import { outcomeOf } from '../outcomes/http-outcome.js';
import { meaningOf } from '../outcomes/status-map.js';
import { applicationToken, isFromVonage } from './vonage-jwt.js';
import { readVonageCallAnswer } from './vonage-voice-answer.js';
import { vonageVoiceSchema, type VonageVoiceConfig } from './vonage-voice-config.js';
import { askedForKey, HUNG_UP, isKey, saidAloud } from './vonage-voice-ncco.js';
import { vonageVoicePage } from './vonage-voice-page.js';
import { codesOf, eventOf } from './vonage-voice-report.js';
import { VONAGE_CALL_STATUS } from './vonage-voice-statuses.js';
import { VONAGE_VOICES } from './vonage-voices.js';

// Configuration: vonage-voice-config.ts

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
    const call = beforeCalling(request, { voices: VONAGE_VOICES, ringSeconds });
    if ('refused' in call) return call.refused;
    const token = await applicationToken(applicationId, privateKey, this.context.now());
    const exchange = await this.http.post(
      `${url}/v1/calls`,
      { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', Accept: 'application/json' },
      JSON.stringify(this.bodyOf(request, call.ringing)),
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
    const event = eventOf(request.rawBody);
    const codes = codesOf(event, shownBy(request, this.config));
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

  override async answerCall(request: ReportRequest, say: () => Promise<Saying | null>): Promise<CallAnswer | null> {
    if (!(await this.isAuthentic(request))) return null;
    const saying = isKey(eventOf(request.rawBody)) ? await say() : null;
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

// Errors: vonage-voice-errors.ts, which vonage-voice-answer.ts reads with

export const vonageVoice: ProviderType<VonageVoiceConfig> = {
  type: 'vonage-voice',
  schema: vonageVoiceSchema,
  page: vonageVoicePage,
  create: (id, config, context) => new VonageVoice(id, config, new OutgoingHttp(context.limits), context),
};
