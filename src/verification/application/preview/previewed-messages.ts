import type { SmsSize } from '../../../delivery/domain/sms-text.js';
import type { Channel } from '../../../shared/channel.js';
import type { MessageText } from '../../domain/message-text.js';

/** A message as it would be sent, in the locale that its words are really in. */
export type ShownMessage = MessageText & Partial<SmsSize & { charactersLeft: number }>;

/** What somebody would be told over one channel. */
export interface PreviewedMessage {
  channel: Channel;
  /** That was asked for. */
  locale: string;
  words: 'template' | 'built-in';
  /** What a call says before its key is pressed, where calls wait for one. */
  keyQuestion?: string;
  typical: ShownMessage;
  longest: ShownMessage;
}

export interface TextPreview {
  maxSegments: number;
  tellsPayment: boolean;
  /** One of which a start must name; empty where the template does not tell what its code is for. */
  purposes: string[];
  previews: PreviewedMessage[];
}
