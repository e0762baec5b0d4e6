import { Injectable } from '@nestjs/common';
import { Routes } from '../../../delivery/application/routes.js';
import { isFactor, isSent, type Channel, type CodeChannel } from '../../../shared/channel.js';
import { addressFor, type Recipients } from '../../../shared/recipient.js';
import { ScreenSend, type ScreenedSend } from '../../../screening/application/screen-send.js';
import { noChannel, noFactor, type RefusedChannel } from '../../domain/refusals.js';

/** Somebody who is to be reached, and what screening looks at besides. */
type Somebody = Omit<ScreenedSend, 'channel' | 'address'> & { to: Recipients };

export interface ReachableChannels {
  /** Never empty. */
  channels: [CodeChannel, ...CodeChannel[]];
  /** Why screening allows none; empty while there is one. */
  refusedChannels: readonly RefusedChannel[];
}

const NOBODY =
  'The subject has no factor that could be used here, and "to" has no address. Give "to", enrol a factor, or name other "channels". ' +
  'Backup codes may be used up, and no factor can confirm a payment ("binding").';
const NOTHING_LEFT =
  'No channel is left: the plan is empty, or names only factors, and the subject has none of them that could be used for this. ' +
  'Name other "channels", or enrol a factor. No factor can confirm a payment ("binding").';

/** Which channels could carry a code to somebody: those with a provider and an address, and factors, which need neither. */
@Injectable()
export class FindReachableChannels {
  constructor(
    private readonly routes: Routes,
    private readonly screenSend: ScreenSend,
  ) {}

  /**
   * @param wanted in order of preference
   * @returns those that screening allows; all that could carry it where it allows none, since the send will be refused then and
   *   that goes into the log of decisions
   * @throws 422 `no-channel` when nothing could carry the code
   */
  among(wanted: readonly CodeChannel[], somebody: Somebody): ReachableChannels {
    const { to } = somebody;
    const plan = wanted.filter((channel) => isFactor(channel) || this.servers(channel, to).on > 0);
    const refusedChannels = plan.filter(isSent).flatMap((channel) => this.refused(channel, somebody));
    const [first, ...rest] = plan.filter((channel) => !refusedChannels.some((refused) => refused.channel === channel));
    if (first) return { channels: [first, ...rest], refusedChannels: [] };
    const [refused, ...others] = plan;
    if (!refused) throw this.nothingCarries(wanted, to);
    return { channels: [refused, ...others], refusedChannels };
  }

  private refused(channel: Channel, { to, ...about }: Somebody): RefusedChannel[] {
    const address = addressFor(channel, to);
    const screening = address && this.screenSend.screen({ ...about, channel, address });
    return screening?.kind === 'refused' ? [{ channel, reason: screening.reason, detail: screening.detail }] : [];
  }

  private nothingCarries(wanted: readonly CodeChannel[], to: Recipients) {
    if (to.phone === undefined && to.email === undefined) return noFactor(NOBODY);
    if (wanted.length === 0) return noFactor(NOTHING_LEFT);
    const off = wanted.filter((channel) => isSent(channel) && this.servers(channel, to).off > 0);
    return noChannel(
      `No channel (${wanted.join(', ')}) has both a provider here and an address in "to".` +
        (off.length > 0 ? ` The operator has switched off the providers of ${off.join(' and ')}.` : ''),
    );
  }

  /** How many providers could carry a code to this recipient over a channel, and how many more if an operator let them. */
  private servers(channel: Channel, to: Recipients): { on: number; off: number } {
    const address = addressFor(channel, to);
    if (!address) return { on: 0, off: 0 };
    const country = address.kind === 'phone' ? address.country : null;
    return {
      on: this.routes.to(channel, country).length,
      off: this.routes.switchedOff(channel, country).length,
    };
  }
}
