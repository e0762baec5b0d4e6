import type { Saying } from '../../../application/ports.js';
import { KEY } from '../calls/key-press.js';
import { voiceFor } from '../calls/voice-for.js';
import { ssml } from '../calls/ssml.js';
import { VONAGE_VOICES } from './vonage-voices.js';

type Said = Pick<Saying, 'speech' | 'locale'>;

/** Says it; where the actions end, so does the call. */
export const saidAloud = (said: Said): object[] => [talk(said, '')];

/** The call ends here. */
export const HUNG_UP: object[] = [];

/**
 * Asks for the key twice and waits; `url` is asked how to go on when it was pressed, and when it was not.
 * https://developer.vonage.com/en/voice/voice-api/ncco-reference#input
 */
export const askedForKey = (said: Said, url: string): object[] => [
  { ...talk(said, '<break time="3s"/>'), loop: 2, bargeIn: true },
  {
    action: 'input',
    type: ['dtmf'],
    dtmf: { maxDigits: 1, timeOut: 6, submitOnHash: false },
    eventUrl: [url],
    eventMethod: 'POST',
  },
];

/** What was pressed: `dtmf` was the digits themselves before it had members. */
export function isKey(event: Record<string, unknown>): boolean {
  const { dtmf } = event;
  const digits = typeof dtmf === 'object' && dtmf !== null && 'digits' in dtmf ? dtmf.digits : dtmf;
  return digits === KEY;
}

function talk({ speech, locale }: Said, afterwards: string) {
  const { language, style } = voiceFor(VONAGE_VOICES, locale) ?? VONAGE_VOICES.en;
  // The pause is for the phone on its way to the ear.
  const text = `<speak><break time="1s"/>${ssml(speech)}${afterwards}</speak>`;
  return { action: 'talk', text, language, style };
}
