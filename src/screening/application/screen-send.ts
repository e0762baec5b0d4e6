import { Injectable } from '@nestjs/common';
import type { Channel } from '../../shared/channel.js';
import type { Recipient } from '../../shared/recipient.js';

/** A message that somebody wants sent. */
export interface ScreenedSend {
  applicationId: string;
  channel: Channel;
  address: Recipient;
  /** The end user's address, where the application tells it. */
  ip?: string | undefined;
}

export type Screening =
  /** `safe`: a list says that this recipient needs no suspicion. */
  | { kind: 'allowed'; safe: boolean }
  /** `reason` is stable (`country-not-allowed`), `detail` says what to do. */
  | { kind: 'refused'; reason: string; detail: string };

/** Whether an address may be written to at all, whoever asks how often. Decided from memory: it costs no trip. */
@Injectable()
export class ScreenSend {
  screen(_send: ScreenedSend): Screening {
    return { kind: 'allowed', safe: false };
  }
}
