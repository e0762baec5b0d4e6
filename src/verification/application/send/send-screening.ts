import { Injectable } from '@nestjs/common';
import { ScreenSend, type Screening } from '../../../screening/application/screen-send.js';
import type { Channel } from '../../../shared/channel.js';
import { observe, observed } from '../../../shared/observations.js';
import type { Recipient } from '../../../shared/recipient.js';
import { Tenants } from '../ports.js';

/** One message to one address. */
export interface AddressedSend {
  applicationId: string;
  channel: Channel;
  address: Recipient;
  /** The end user's address, where it is known. */
  ip?: string | undefined;
}

/** Whether a message may go where it is addressed, by what holds now: a country that was closed is closed for fallbacks, too. */
@Injectable()
export class SendScreening {
  constructor(
    private readonly tenants: Tenants,
    private readonly screenSend: ScreenSend,
  ) {}

  async screen(send: AddressedSend): Promise<Screening> {
    const { countries } = await this.tenants.settings(send.applicationId);
    const screening = this.screenSend.screen({ ...send, countries });
    if (screening.kind === 'refused' && observed()) tell(screening.reason, send);
    return screening;
  }
}

function tell(reason: string, { channel, address }: AddressedSend): void {
  observe({ kind: 'send-screened', reason, channel, country: address.kind === 'phone' ? address.country : null });
}
