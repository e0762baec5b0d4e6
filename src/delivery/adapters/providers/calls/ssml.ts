import type { Speech } from '../../../domain/speech.js';

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** What an XML 1.0 document may not hold in any spelling (2.2), and breaks of lines, which nobody hears. */
const UNSPEAKABLE = /[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu;

/** Text as the content or a quoted attribute of an element: nothing in it is markup, whoever wrote it. */
export const escapeXml = (text: string): string =>
  text.replace(UNSPEAKABLE, ' ').replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

/** Slow enough to be written down. */
const BETWEEN_DIGITS = '<break time="500ms"/>';

/** Speech in SSML (W3C, 3.2.3 `break`), which Twilio and Vonage speak alike: digits are said one by one, whatever the voice. */
export const ssml = (speech: Speech): string =>
  speech
    .map((part) =>
      typeof part === 'string' ? escapeXml(part) : Array.from(part.digits, escapeXml).join(BETWEEN_DIGITS),
    )
    .join('');
