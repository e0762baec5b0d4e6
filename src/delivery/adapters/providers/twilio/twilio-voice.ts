import type { Saying } from '../../../application/ports.js';
import type { ProviderType } from '../../../application/provider-type.js';
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
import { twilioHeaders } from './twilio-account.js';
import { readTwilioAnswer } from './twilio-answer.js';
import { ASK_AGAIN, callbackParameters } from './twilio-callback.js';
import { twilioVoiceSchema, type TwilioVoiceConfig } from './twilio-voice-config.js';
import { TWILIO_CALL_ERRORS } from './twilio-voice-errors.js';
import { twilioVoicePage } from './twilio-voice-page.js';
import { codesOf } from './twilio-voice-report.js';
import { TWILIO_CALL_STATUS } from './twilio-voice-statuses.js';
import { askedForKey, HUNG_UP, isKey, saidAloud } from './twilio-voice-twiml.js';
import { TWILIO_VOICES } from './twilio-voices.js';

// Configuration: twilio-voice-config.ts

// Sending

/** Twilio's Programmable Voice: what is said goes out with the call, or once somebody has pressed its key. */
class TwilioVoice extends Provider {
  readonly channel = 'voice';

  constructor(
    readonly id: string,
    private readonly config: TwilioVoiceConfig,
    private readonly http: OutgoingHttp,
  ) {
    super();
  }

  async submit(request: SubmitRequest): Promise<SubmitOutcome> {
    const { url, accountSid, errors, ringSeconds } = this.config;
    const call = beforeCalling(request, { voices: TWILIO_VOICES, ringSeconds });
    if ('refused' in call) return call.refused;
    const address = `${url}/2010-04-01/Accounts/${accountSid}/Calls.json`;
    const form = this.formOf(request, call.ringing).toString();
    const exchange = await this.http.post(address, twilioHeaders(this.config), form);
    return outcomeOf(exchange, (answer) => readTwilioAnswer(answer, { ...TWILIO_CALL_ERRORS, ...errors }));
  }

  /** https://www.twilio.com/docs/voice/api/call-resource#create-a-call-resource */
  private formOf(request: SubmitRequest, timeout: number): URLSearchParams {
    const { to, from, text, speech = [text], locale, keyPressUrl, reportUrl } = request;
    const reportTo = (keyPressUrl === undefined ? reportUrl : waitingForKey(reportUrl)) + ASK_AGAIN;
    const said = { speech, locale };
    const form = new URLSearchParams({
      To: to,
      From: callerOf(from, this.config.from),
      Twiml: keyPressUrl === undefined ? saidAloud(said) : askedForKey(said, keyPressUrl),
      Timeout: String(timeout),
      TimeLimit: String(LONGEST_CALL_SECONDS),
      StatusCallback: reportTo,
      StatusCallbackMethod: 'POST',
    });
    for (const event of ['ringing', 'answered', 'completed']) form.append('StatusCallbackEvent', event);
    if (!this.config.machineDetection) return form;
    // Beside the call: what answers hears the first word at once, not after seconds of silence.
    const detection = { MachineDetection: 'Enable', AsyncAmd: 'true', AsyncAmdStatusCallback: reportTo };
    for (const [name, value] of Object.entries(detection)) form.append(name, value);
    return form;
  }

  // Reports

  readReports(request: ReportRequest): Report[] | null {
    const { attemptId } = request;
    const said = this.authentic(request);
    if (!said || attemptId === undefined) return null;
    const codes = codesOf(said, shownBy(request, this.config)).filter((code) => code !== '');
    if (codes.length === 0) return [];
    const sid = said.get('CallSid') ?? '';
    return [
      {
        ...{ providerId: this.id, attemptId },
        ...(/^CA\w{1,62}$/.test(sid) && { providerMessageId: sid }),
        ...meaningOf(codes, this.config.statuses, TWILIO_CALL_STATUS),
        detail: detailOf(codes),
      },
    ];
  }

  override async answerCall(request: ReportRequest, say: () => Promise<Saying | null>): Promise<CallAnswer | null> {
    const said = this.authentic(request);
    if (!said) return null;
    const saying = isKey(said) ? await say() : null;
    return { contentType: 'text/xml; charset=utf-8', body: saying ? saidAloud(saying) : HUNG_UP };
  }

  // Authentication: twilio-callback.ts

  private authentic(request: ReportRequest): URLSearchParams | null {
    return callbackParameters(request, this.config.authToken);
  }

  override close(): Promise<void> {
    return this.http.close();
  }
}

// Errors: twilio-voice-errors.ts

export const twilioVoice: ProviderType<TwilioVoiceConfig> = {
  type: 'twilio-voice',
  schema: twilioVoiceSchema,
  page: twilioVoicePage,
  create: (id, config, { limits }) => new TwilioVoice(id, config, new OutgoingHttp(limits)),
};
