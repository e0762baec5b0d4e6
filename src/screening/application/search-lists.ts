import { Injectable } from '@nestjs/common';
import { parseEmail } from '../../shared/email-address.js';
import { parsePhone } from '../../shared/phone-number.js';
import { countedAs } from '../../shared/recipient.js';
import { invalidRequest } from '../../shared/refusals.js';
import { candidatesOf, ipCandidates, type Candidates } from '../domain/candidates.js';
import { KeyedNames, ListLedger, type ListEntry, type ListOf } from './ports.js';

/** Exactly one of them. */
export interface Listed {
  phone?: string | undefined;
  email?: string | undefined;
  ip?: string | undefined;
}

/** Which entries cover a recipient or an address: why somebody is refused, and what to remove. */
@Injectable()
export class SearchLists {
  constructor(
    private readonly ledger: ListLedger,
    private readonly names: KeyedNames,
  ) {}

  /** The most exact first. @throws 400 `invalid-request` for what can not be read */
  execute(of: ListOf, listed: Listed): Promise<ListEntry[]> {
    const candidates = this.candidates(listed) ?? [];
    const keys = candidates.flatMap(({ kind, keys }) => keys().map((key) => ({ kind, key })));
    if (keys.length === 0) throw invalidRequest('Name one phone, email or ip that can be read.');
    return this.ledger.findByKeys(of, keys);
  }

  private candidates({ phone, email, ip }: Listed): readonly Candidates[] | null {
    if (ip !== undefined) return ipCandidates(ip);
    const recipient = phone === undefined ? parseEmail(email ?? '') : parsePhone(phone);
    return recipient && candidatesOf(recipient, () => this.names.of(countedAs(recipient)));
  }
}
