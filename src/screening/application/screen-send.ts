import { Injectable } from '@nestjs/common';
import type { Channel } from '../../shared/channel.js';
import type { AllowedCountries } from '../../shared/country.js';
import type { PhoneRecipient } from '../../shared/phone-number.js';
import { countedAs, type Recipient } from '../../shared/recipient.js';
import { candidatesOf, ipCandidates } from '../domain/candidates.js';
import { numberRisk } from '../domain/number-risk.js';
import { judgeLists } from '../domain/owner-lists.js';
import { KeyedNames, Lists } from './ports.js';
import { refuse, type Refused } from './refusals.js';

/** A message that somebody wants sent. */
export interface ScreenedSend {
  applicationId: string;
  channel: Channel;
  address: Recipient;
  /** The end user's address, where the application tells it. */
  ip?: string | undefined;
  /** Where the application's messages may go. */
  countries: AllowedCountries;
}

export type Screening =
  /** `safe`: a list says that this recipient needs no suspicion. */
  { kind: 'allowed'; safe: boolean } | Refused;

/**
 * Whether an address may be written to at all, whoever asks how often: lists, then countries (R44), then kinds of numbers (R45).
 * Decided from memory: it costs no trip.
 */
@Injectable()
export class ScreenSend {
  constructor(
    private readonly lists: Lists,
    private readonly names: KeyedNames,
  ) {}

  screen({ applicationId, channel, address, ip, countries }: ScreenedSend): Screening {
    if (this.blocksAddress(applicationId, ip)) return refuse.address();
    const candidates = candidatesOf(address, () => this.names.of(countedAs(address)));
    const listed = judgeLists(this.lists.of(applicationId), candidates, this.lists.now());
    if (listed === 'blocked') return refuse.listed();
    const safe = listed === 'safe';
    if (address.kind === 'email' || channel === 'email') return { kind: 'allowed', safe };
    return judgePhone(address, { channel, countries, safe }) ?? { kind: 'allowed', safe };
  }

  /** Whether an end user's address is on a block list. A safe list only exempts it from a block that is less exact. */
  blocksAddress(applicationId: string, ip: string | undefined): boolean {
    if (ip === undefined) return false;
    return judgeLists(this.lists.of(applicationId), ipCandidates(ip), this.lists.now()) === 'blocked';
  }
}

interface Call {
  channel: 'sms' | 'voice';
  countries: AllowedCountries;
  safe: boolean;
}

/** A safe list is trust in a number, not leave to reach another country: only the kind of number is not asked for. */
function judgePhone(phone: PhoneRecipient, { channel, countries, safe }: Call): Refused | null {
  const allowed = countries[channel];
  const { country } = phone;
  if (country !== 'ZZ' && allowed !== 'all' && !allowed.includes(country)) return refuse.country(country, channel);
  const risk = safe ? null : numberRisk(phone, channel);
  return risk === null ? null : refuse.numberType(risk, channel);
}
