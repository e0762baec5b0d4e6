import type { Channel } from '../../shared/channel.js';
import { measureSms, smsPlacesLeft, type SmsSize } from '../domain/sms-text.js';

/** How a message crosses the air, as we decide and every provider is told; null for what is no text message. */
export const messageSize = (channel: Channel, text: string): SmsSize | null =>
  channel === 'sms' ? measureSms(text) : null;

/** How many more characters a text message may have before it is one message more. */
export const charactersLeft = (text: string): number => smsPlacesLeft(text);
