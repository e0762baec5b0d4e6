import { Injectable } from '@nestjs/common';
import { EndpointLedger, type EndpointKeeper } from './endpoint-ledger.js';
import { EndpointSecrets } from './endpoint-secrets.js';
import { withSecret, type IssuedEndpoint } from './manage-endpoints.js';

export interface SecretRotation {
  endpointId: string;
  /** For how long both sign; 0: the former one ends now. */
  overlapHours: number;
  /** Brought along from another service; absent: a new one is made. */
  secret?: string | undefined;
}

/** Puts a new secret in the place of an old one, which signs as well for a while so that receivers can change over (R83). */
@Injectable()
export class RotateSecret {
  constructor(
    private readonly ledger: EndpointLedger,
    private readonly secrets: EndpointSecrets,
  ) {}

  /**
   * One rotation at a time: a second one with an overlap would take from receivers the secret that they still verify with.
   * Without an overlap it always goes, since a secret that leaked must end now.
   *
   * @throws 400 `invalid-request` for a secret that is none; 404 `not-found`; 409 `already-rotated` (`until` says how long).
   */
  async execute(
    keeper: EndpointKeeper,
    { endpointId: id, overlapHours, secret }: SecretRotation,
  ): Promise<IssuedEndpoint> {
    const { signature } = await this.ledger.find(keeper.applicationId, id);
    const { sealed, shown, imported } = this.secrets.issue(id, signature, secret);
    return withSecret(await this.ledger.changeSecret(keeper, { id, secret: sealed, imported, overlapHours }), shown);
  }
}
