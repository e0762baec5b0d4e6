import fc from 'fast-check';
import { XMLParser } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { isXml } from '../../../../../test/support/xml.js';
import { askedForKey, saidAloud } from '../twilio/twilio-voice-twiml.js';
import { saidAloud as saidInNcco } from '../vonage/vonage-voice-ncco.js';
import { escapeXml, ssml } from './ssml.js';

/** Every character, half ones and control characters included, and many that mean something in XML. */
const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('&', '<', '>', '"', "'", ']', '/', 'a', ' ', ';', '#', '\n', '\0', '\ud800') }),
  fc.constantFrom(
    '</Say><Dial>+1</Dial>',
    '&amp;',
    '&#49;',
    '<break/>',
    ']]>',
    '<!--',
    '<?xml?>',
    '${x}',
    '<![CDATA[1]]>',
  ),
);

/** What nobody can hear is a space. */
const heard = (text: string) => text.replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, ' ');

const parser = new XMLParser({
  ...{
    ignoreAttributes: false,
    preserveOrder: true,
    trimValues: false,
    parseTagValue: false,
    parseAttributeValue: false,
  },
});
/** As the parser keeps order: one member with the element's name and what is in it, or with its text. */
type Node = Record<string, unknown>;

/** The names of all elements and all text, in order. */
function contents(nodes: Node[]): { elements: string[]; text: string } {
  const parts = nodes.flatMap((node) =>
    Object.entries(node).map(([name, value]) => {
      if (typeof value === 'string') return { elements: [], text: value };
      if (!Array.isArray(value)) return { elements: [], text: '' };
      const within = contents(value as Node[]);
      return { elements: [name, ...within.elements], text: within.text };
    }),
  );
  return { elements: parts.flatMap(({ elements }) => elements), text: parts.map(({ text }) => text).join('') };
}

function read(xml: string): ReturnType<typeof contents> {
  expect(isXml(xml)).toBe(true);
  return contents(parser.parse(xml) as Node[]);
}

describe('text that is spoken', () => {
  it('is the same after XML was read, and adds no element', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const xml = `<speak>${ssml([text])}</speak>`;
        expect(read(xml)).toEqual({ elements: ['speak'], text: heard(text) });
      }),
    );
  });

  it('is the same within TwiML, with its digits one by one', () => {
    fc.assert(
      fc.property(texts, texts, (before, digits) => {
        const twiml = saidAloud({ speech: [before, { digits }], locale: 'en' });
        const breaks = Array.from({ length: Math.max(0, Array.from(digits).length - 1) }, () => 'break');
        expect(read(twiml)).toEqual({
          elements: ['?xml', 'Response', 'Pause', 'Say', ...breaks, 'Hangup'],
          text: heard(before) + heard(digits),
        });
      }),
    );
  });

  it('is the same within an address that TwiML holds', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const twiml = askedForKey({ speech: [], locale: 'en' }, text);
        expect(read(twiml).elements).toEqual(['?xml', 'Response', 'Pause', 'Gather', 'Say', 'Gather', 'Say', 'Hangup']);
      }),
    );
  });

  it('is the same within the SSML of a list of actions', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const [action] = JSON.parse(JSON.stringify(saidInNcco({ speech: [text], locale: 'en' }))) as { text: string }[];
        expect(read(action?.text ?? '')).toEqual({ elements: ['speak', 'break'], text: heard(text) });
      }),
    );
  });

  it('has no character that XML 1.0 can not hold', () => {
    expect(escapeXml('a\u0000b\u000bc\ud800d\uffffe\r\n')).toBe('a b c d e  ');
  });
});
