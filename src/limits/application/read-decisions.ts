import { Injectable } from '@nestjs/common';
import { parseEmail } from '../../shared/email-address.js';
import { pageOf, placeAfter, type Page } from '../../shared/page.js';
import { parsePhone } from '../../shared/phone-number.js';
import { countedAs, type Recipient } from '../../shared/recipient.js';
import { invalidRequest } from '../../shared/refusals.js';
import { recordedAddress } from '../domain/recorded-address.js';
import { DecisionLog, type DecisionPlace, type DecisionQuery, type LoggedDecision } from './decision-log.js';
import { RecipientNames } from './ports.js';

export interface DecisionSearch extends Omit<DecisionQuery, 'recipients' | 'before'> {
  /** One of them; a number in E.164. */
  to?: { phone?: string | undefined; email?: string | undefined } | undefined;
  cursor?: string | undefined;
}

/** Finds what was decided, newest first, in pages: why something was refused, also where no verification came of it. */
@Injectable()
export class ReadDecisions {
  constructor(
    private readonly log: DecisionLog,
    private readonly names: RecipientNames,
  ) {}

  /** @throws 400 `invalid-request` for a recipient, an address or a cursor that can not be read; 503 `unavailable` */
  async execute({ to, ip, cursor, ...search }: DecisionSearch): Promise<Page<LoggedDecision>> {
    const found = await this.log.find({
      ...search,
      ...(ip !== undefined && { ip: addressOf(ip) }),
      ...(to && { recipients: this.names.of(countedAs(recipientOf(to))) }),
      ...(cursor !== undefined && { before: placeOf(cursor) }),
      limit: search.limit + 1,
    });
    return pageOf(found, search.limit, ({ atMs, id }) => `${String(atMs)}|${id}`);
  }
}

function addressOf(ip: string): string {
  const address = recordedAddress(ip);
  if (address === null) throw invalidRequest('ip: is not an IPv4 or IPv6 address.');
  return address;
}

function recipientOf({ phone, email }: NonNullable<DecisionSearch['to']>): Recipient {
  if ((phone === undefined) === (email === undefined)) throw invalidRequest('to: name either a phone or an email.');
  const recipient = phone === undefined ? parseEmail(email ?? '') : parsePhone(phone);
  if (!recipient) throw invalidRequest('to: write a number like +4915123456789, an address like name@example.org.');
  return recipient;
}

function placeOf(cursor: string): DecisionPlace {
  const [atMs, id = ''] = placeAfter(cursor, /^(\d{1,15})\|(\d{1,18})$/);
  return { atMs: Number(atMs), id };
}
