import { Injectable } from '@nestjs/common';
import { Random } from '../../shared/random.js';
import type { Signature } from '../domain/signing-secret.js';
import {
  EndpointLedger,
  type Endpoint,
  type EndpointChange,
  type EndpointKeeper,
  type EndpointTerms,
} from './endpoint-ledger.js';
import { endpointRefused } from './endpoint-refusals.js';
import { EndpointSecrets } from './endpoint-secrets.js';
import { EndpointUrls } from './endpoint-urls.js';

/** Every event is written once for each endpoint that listens, in the statement that makes it so. */
const MOST_ENDPOINTS = 10;

export interface EndpointOrder extends EndpointTerms {
  signature: Signature;
  /** Brought along from another service; absent: a new one is made. */
  secret?: string | undefined;
}

/** An endpoint, and its secret this once; of `v1a` there is only the public key, which stays to be read. */
export interface IssuedEndpoint extends Endpoint {
  secret?: string;
}

/**
 * Where applications are told of events. A change holds for what is told from then on, and for what is tried again. None of them
 * weakens anything (R80): events tell and decide nothing, so no send, guess or approval passes because nobody hears of it.
 */
@Injectable()
export class ManageEndpoints {
  constructor(
    private readonly ledger: EndpointLedger,
    private readonly secrets: EndpointSecrets,
    private readonly urls: EndpointUrls,
    private readonly random: Random,
  ) {}

  list(applicationId: string): Promise<Endpoint[]> {
    return this.ledger.list(applicationId);
  }

  /** @throws 404 `not-found`, for another application's, too. */
  find(applicationId: string, id: string): Promise<Endpoint> {
    return this.ledger.find(applicationId, id);
  }

  /** @throws 400 `invalid-request` for a secret that is none; 404 `not-found`; 422 `endpoint-refused`, `too-many-endpoints`. */
  async create(keeper: EndpointKeeper, { secret, ...order }: EndpointOrder): Promise<IssuedEndpoint> {
    this.refuseUnreachable(order.url);
    const id = this.random.id('hook');
    const { sealed, shown, imported } = this.secrets.issue(id, order.signature, secret);
    const made = await this.ledger.add(keeper, { ...order, id, secret: sealed, imported }, MOST_ENDPOINTS);
    return withSecret(made, shown);
  }

  /** What it is told, where and whether; not how it is signed. @throws 404 `not-found`; 412 `version-mismatch`; 422 `endpoint-refused` */
  async replace(keeper: EndpointKeeper, to: EndpointChange): Promise<Endpoint> {
    this.refuseUnreachable(to.url);
    return this.ledger.replace(keeper, to);
  }

  /** @throws 404 `not-found` */
  remove(keeper: EndpointKeeper, id: string): Promise<void> {
    return this.ledger.remove(keeper, id);
  }

  private refuseUnreachable(url: string): void {
    const problem = this.urls.problemOf(url);
    if (problem !== null) throw endpointRefused(problem);
  }
}

/** @param shown null where there is nothing to keep. */
export const withSecret = (endpoint: Endpoint, shown: string | null): IssuedEndpoint => ({
  ...endpoint,
  ...(shown !== null && { secret: shown }),
});
