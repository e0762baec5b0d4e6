import { Injectable } from '@nestjs/common';
import { networkOf } from '../../shared/ip-address.js';
import { blockOf } from '../../shared/phone-number.js';
import { breakersOfSend } from '../domain/breakers-of-send.js';
import type { DetectorSettings } from '../domain/detector-settings.js';
import { neighboursOf } from '../domain/neighbours.js';
import type { JudgedSend } from './judge-send.js';
import { WatchedApplications, WatchedNames, type WatchedNumber, type WatchedSend } from './ports.js';

/** What of a send is watched: what its application's detectors look at, under names that tell nobody. */
@Injectable()
export class WatchSend {
  constructor(
    private readonly applications: WatchedApplications,
    private readonly names: WatchedNames,
  ) {}

  async watch(send: JudgedSend): Promise<WatchedSend> {
    const { applicationId, verificationId, deliveryId, address, requester, safe } = send;
    const { detectors, codeLifeMs } = await this.applications.settingsOf(applicationId);
    const about = { applicationId, verificationId, deliveryId, codeLifeMs };
    // Nobody earns by e-mail, and mailboxes have neither countries nor blocks.
    if (address.kind === 'email') return { ...about, breakers: [], number: null };
    const places = {
      block: blockOf(address.value),
      country: address.country,
      network: requester.ip === undefined ? null : networkOf(requester.ip),
    };
    const breakers = breakersOfSend(detectors, places);
    return {
      ...about,
      breakers: safe ? breakers.map((breaker) => ({ ...breaker, refuses: false })) : breakers,
      number: safe ? null : this.numberOf(address.value, places.network, detectors),
    };
  }

  private numberOf(number: string, network: string | null, { pumping }: DetectorSettings): WatchedNumber {
    const sequence = pumping.sequence.mode === 'off' ? null : pumping.sequence;
    const spread = pumping.block.mode === 'off' ? null : pumping.block;
    const neighbours = sequence ? neighboursOf(number).map((neighbour) => this.names.of(neighbour)) : [];
    return { block: blockOf(number), name: this.names.of(number), network, neighbours, sequence, spread };
  }
}
