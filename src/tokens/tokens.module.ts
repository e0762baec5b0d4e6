import { Module } from '@nestjs/common';
import { ApplicationsModule } from '../applications/applications.module.js';
import { EinmalConfig } from '../config.js';
import { Keyring } from '../platform/keyring/keyring.js';
import { JoseApprovalTokens } from './adapters/jose-approval-tokens.js';
import { PostgresConsumedTokens } from './adapters/postgres-consumed-tokens.js';
import { TokenKeys } from './adapters/token-keys.js';
import { TokensHousekeeper } from './adapters/tokens-housekeeper.js';
import { ConsumeToken } from './application/consume-token.js';
import { ApprovalTokens, ConsumedTokens } from './application/ports.js';
import { ConsumeController } from './http/consume.controller.js';
import { JwksController } from './http/jwks.controller.js';

/** Tokens that prove an approval to others: signing, the public keys, and taking one in once. */
@Module({
  imports: [ApplicationsModule],
  controllers: [JwksController, ConsumeController],
  providers: [
    {
      provide: TokenKeys,
      inject: [Keyring, EinmalConfig],
      useFactory: (keyring: Keyring, { tokens }: EinmalConfig) => new TokenKeys(keyring, tokens.algorithm),
    },
    { provide: ApprovalTokens, useClass: JoseApprovalTokens },
    { provide: ConsumedTokens, useClass: PostgresConsumedTokens },
    ...[ConsumeToken, TokensHousekeeper],
  ],
  exports: [ApprovalTokens, ConsumeToken],
})
export class TokensModule {}
