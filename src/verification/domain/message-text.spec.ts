import { describe, expect, it } from 'vitest';
import { CHANNELS } from '../../shared/channel.js';
import { messageText, type MessageParts } from './message-text.js';

const parts: MessageParts = { code: '012345', sender: 'Twenty letters long.', validForSeconds: 299, locale: 'en' };

/** GSM 03.38 basic characters that our texts may use. */
const GSM7 = /^[A-Za-z0-9 .,:;!?@#$%&'()*+\-/<=>"_\n\r]*$/;

describe('message text', () => {
  it.each(CHANNELS)('carries the code with its digits together: %s', (channel) => {
    for (const locale of ['en', 'de', 'de-AT', 'xx'])
      expect(messageText(channel, { ...parts, locale }).text).toContain('012345');
  });

  it('is one GSM-7 segment, even with the longest sender and code', () => {
    for (const locale of ['en', 'de']) {
      const { text } = messageText('sms', { ...parts, code: '0123456789', locale });
      expect(text).toMatch(GSM7);
      expect(text.length).toBeLessThanOrEqual(160);
    }
  });

  it('R37 says the code twice on the phone', () => {
    expect(messageText('voice', parts).text.split('012345')).toHaveLength(3);
  });

  it('falls back from a region to its language, and from an unknown language to English', () => {
    expect(messageText('sms', { ...parts, locale: 'de-AT' }).text).toContain('Ihr');
    expect(messageText('sms', { ...parts, locale: 'zz' }).text).toContain('your');
  });

  it('R53 ends with the line that binds the code to its site, and only in a text message', () => {
    const bound = { ...parts, webOtpOrigin: 'login.example.org', androidAppHash: 'AbCdEfGhIjK' };
    expect(messageText('sms', bound).text.split('\n').at(-1)).toBe('@login.example.org #012345');
    expect(messageText('email', bound).text).not.toContain('@login');
  });

  it('never says less than a minute', () => {
    expect(messageText('sms', { ...parts, validForSeconds: 4 }).text).toContain('1 min');
  });
});
