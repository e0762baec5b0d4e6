import type { SmsSize } from '../../../delivery/domain/sms-text.js';
import type { Channel } from '../../../shared/channel.js';
import type { MessageText } from '../../domain/message-text.js';
import type { Template } from '../../domain/templates.js';
import type { StartRequest } from '../start/start-request.js';

/** Which messages somebody wants to see: of one of the application's templates, or of one that is not saved yet. */
export interface PreviewOrder extends Pick<StartRequest, 'template' | 'purpose' | 'binding'> {
  draft?: Template | undefined;
  channels?: Channel[] | undefined;
  /** As people would be written to. */
  locales?: string[] | undefined;
  webOtpOrigin?: string | undefined;
  androidAppHash?: string | undefined;
}

/** A message as it would be sent, in the locale that its words are really in. */
export type ShownMessage = MessageText & Partial<SmsSize & { charactersLeft: number }>;

/** What somebody would be told over one channel. */
export interface Previewed {
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
  previews: Previewed[];
}
