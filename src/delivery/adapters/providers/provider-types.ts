import type { ProviderType } from '../../application/provider-type.js';
import { http } from './http/http.js';
import { infobip } from './infobip/infobip.js';
import { kannel } from './kannel/kannel.js';
import { smpp } from './smpp/smpp.js';
import { seven } from './seven/seven.js';
import { smtp } from './smtp/smtp.js';
import { twilio } from './twilio/twilio.js';
import { twilioVoice } from './twilio/twilio-voice.js';
import { vonage } from './vonage/vonage.js';
import { vonageVoice } from './vonage/vonage-voice.js';
import { berlinsms } from './http/profiles/berlinsms.js';
import { jasmin } from './http/profiles/jasmin.js';
import { lox24 } from './http/profiles/lox24.js';
import { massenversand } from './http/profiles/massenversand.js';
import { messagebird } from './http/profiles/messagebird.js';
import { sms4 } from './http/profiles/sms4.js';

/** The kinds of providers that ship; a new one is a file beside these and a line here. */
export const BUILT_IN_PROVIDER_TYPES: readonly ProviderType[] = [
  http,
  infobip,
  kannel,
  seven,
  smpp,
  smtp,
  twilio,
  twilioVoice,
  vonage,
  vonageVoice,
  berlinsms,
  jasmin,
  lox24,
  massenversand,
  messagebird,
  sms4,
];
