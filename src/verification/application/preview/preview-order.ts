import type { Channel } from '../../../shared/channel.js';
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
