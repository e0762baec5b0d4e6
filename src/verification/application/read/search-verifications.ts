import { Injectable } from '@nestjs/common';
import type { Page } from '../../../shared/page.js';
import type { Recipients } from '../../../shared/recipient.js';
import type { VerificationStatus } from '../../domain/verification.js';
import { Archive, type SearchQuery, type VerificationRecord } from '../ledger.js';
import { oneRecipient } from './one-recipient.js';
import { RecipientVault, Tenants } from '../ports.js';

export interface FoundVerification {
  record: VerificationRecord;
  /** Empty once the recipient was erased. */
  to: Recipients;
}

export interface SearchRequest {
  to?: { phone?: string | undefined; email?: string | undefined } | undefined;
  status?: VerificationStatus | undefined;
  from?: Date | undefined;
  until?: Date | undefined;
  limit: number;
  cursor?: string | undefined;
}

/** Finds an application's verifications by recipient, status and time, newest first. */
@Injectable()
export class SearchVerifications {
  constructor(
    private readonly archive: Archive,
    private readonly vault: RecipientVault,
    private readonly tenants: Tenants,
  ) {}

  /** @throws 400 for an unreadable recipient, for two at once, or for a cursor that no search gave */
  async execute(applicationId: string, request: SearchRequest): Promise<Page<FoundVerification>> {
    const { defaultCountry } = await this.tenants.settings(applicationId);
    const { found, ...more } = await this.archive.search(applicationId, {
      recipient: request.to ? this.indexed(request.to, defaultCountry) : null,
      status: request.status ?? null,
      from: request.from ?? null,
      until: request.until ?? null,
      limit: request.limit,
      cursor: request.cursor ?? null,
    });
    return { found: found.map((record) => ({ record, to: this.recipientOf(record) })), ...more };
  }

  private indexed(to: NonNullable<SearchRequest['to']>, defaultCountry?: string): SearchQuery['recipient'] {
    const { kind, countedAs } = oneRecipient(to, defaultCountry);
    return { kind, indexes: this.vault.indexes(countedAs) };
  }

  private recipientOf({ id, sealed }: VerificationRecord): Recipients {
    return sealed === null ? {} : this.vault.open(id, sealed).to;
  }
}
