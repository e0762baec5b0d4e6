import type { Saying } from '../../../application/ports.js';
import { KEY } from '../calls/key-press.js';
import { voiceFor } from '../calls/voice-for.js';
import { TWILIO_VOICES } from './twilio-voices.js';
import { escapeXml, ssml } from '../calls/ssml.js';

type Said = Pick<Saying, 'speech' | 'locale'>;

const DOCUMENT = (verbs: string) => `<?xml version="1.0" encoding="UTF-8"?><Response>${verbs}</Response>`;

/** Says it and hangs up. The pause is for the phone on its way to the ear. */
export const saidAloud = (said: Said): string => DOCUMENT(`<Pause length="1"/>${say(said)}<Hangup/>`);

export const HUNG_UP = DOCUMENT('<Hangup/>');

/**
 * Asks for the key twice, then hangs up. Twilio asks `url` how to go on only when a key was pressed.
 * https://www.twilio.com/docs/voice/twiml/gather
 */
export function askedForKey(said: Said, url: string): string {
  const how = `input="dtmf" numDigits="1" finishOnKey="" timeout="6" method="POST" action="${escapeXml(url)}"`;
  return DOCUMENT(`<Pause length="1"/>${`<Gather ${how}>${say(said)}</Gather>`.repeat(2)}<Hangup/>`);
}

export const isKey = (form: URLSearchParams): boolean => form.get('Digits') === KEY;

function say({ speech, locale }: Said): string {
  const { language, voice } = voiceFor(TWILIO_VOICES, locale) ?? TWILIO_VOICES.en;
  return `<Say language="${language}" voice="${voice}">${ssml(speech)}</Say>`;
}
