import type { Channel } from '../../shared/channel.js';
import { spokenText } from './spoken-text.js';

export interface MessageParts {
  code: string;
  sender: string;
  validForSeconds: number;
  locale: string;
  /** Domain for the origin-bound last line `@domain #code` that browsers fill in from (WICG sms-one-time-codes). */
  webOtpOrigin?: string | undefined;
  /** Android SMS Retriever: the app's 11-character hash stands on a line of its own. */
  androidAppHash?: string | undefined;
}

interface Words {
  sms: (parts: Spoken) => string;
  subject: (parts: Spoken) => string;
}
type Spoken = Pick<MessageParts, 'code' | 'sender'> & { minutes: string };

const WORDS: { en: Words; [language: string]: Words | undefined } = {
  en: {
    sms: ({ code, sender, minutes }) =>
      `${code} is your ${sender} code. It is valid for ${minutes} min. Do not share it.`,
    subject: ({ sender }) => `Your ${sender} code`,
  },
  de: {
    sms: ({ code, sender, minutes }) =>
      `${code} ist Ihr ${sender}-Code. Er gilt ${minutes} min. Geben Sie ihn nicht weiter.`,
    subject: ({ sender }) => `Ihr ${sender}-Code`,
  },
};

/** The message of a channel in the recipient's language, English where there is none. SMS stays in GSM-7, and in one segment without the two lines for apps. */
export function messageText(channel: Channel, parts: MessageParts): { text: string; subject?: string } {
  if (channel === 'voice') return { text: spokenText(parts) };
  const words = WORDS[parts.locale] ?? WORDS[parts.locale.slice(0, 2)] ?? WORDS.en;
  const spoken = {
    code: parts.code,
    sender: parts.sender,
    minutes: String(Math.max(1, Math.ceil(parts.validForSeconds / 60))),
  };
  if (channel === 'email') return { text: words.sms(spoken), subject: words.subject(spoken) };
  const lines = [words.sms(spoken)];
  if (parts.androidAppHash) lines.push('', parts.androidAppHash);
  if (parts.webOtpOrigin) lines.push('', `@${parts.webOtpOrigin} #${parts.code}`);
  return { text: lines.join('\n') };
}
