import { Module } from '@nestjs/common';
import { ApplicationsModule } from '../applications/applications.module.js';
import { AuditModule } from '../audit/audit.module.js';
import { EinmalConfig } from '../config.js';
import { EventBodies } from '../events/event-bodies.js';
import { Runtime } from '../platform/runtime.js';
import { VerificationModule } from '../verification/verification.module.js';
import { CheckedUrls } from './adapters/checked-urls.js';
import { EndpointSecretsUpkeep } from './adapters/endpoint-secrets-upkeep.js';
import { GuardedReceivers } from './adapters/guarded-receivers.js';
import { KeyringSecrets } from './adapters/keyring-secrets.js';
import { MessageWorker } from './adapters/message-worker.js';
import { MessagesHousekeeper } from './adapters/messages-housekeeper.js';
import { NetworkRules } from './adapters/network-rules.js';
import { PostgresDueMessages } from './adapters/postgres-due-messages.js';
import { PostgresEndpoints } from './adapters/postgres-endpoints.js';
import { PostgresMessageLog } from './adapters/postgres-message-log.js';
import { resolveName } from './adapters/resolve-name.js';
import { StandardSignatures } from './adapters/standard-signatures.js';
import { EndpointLedger } from './application/endpoint-ledger.js';
import { EndpointSecrets, SecretVault } from './application/endpoint-secrets.js';
import { EndpointUrls } from './application/endpoint-urls.js';
import { ManageEndpoints } from './application/manage-endpoints.js';
import { MessageLog } from './application/message-log.js';
import { DueMessages, Receivers, Signatures } from './application/ports.js';
import { ReplayMessages } from './application/replay-messages.js';
import { RotateSecret } from './application/rotate-secret.js';
import { TellEndpoint } from './application/tell-endpoint.js';
import { endpointsController } from './http/endpoints.controller.js';
import { messagesController } from './http/messages.controller.js';

const endpoints = [ManageEndpoints, EndpointSecrets, RotateSecret, ReplayMessages, EndpointSecretsUpkeep];
const sending = [TellEndpoint, EventBodies, MessageWorker, MessagesHousekeeper];

/** Tells applications what happened: where, how it is signed, and what became of it. */
@Module({
  imports: [ApplicationsModule, AuditModule, VerificationModule],
  controllers: [
    ...[endpointsController(''), endpointsController('Application')],
    ...[messagesController(''), messagesController('Application')],
  ],
  providers: [
    ...endpoints,
    ...sending,
    { provide: EndpointLedger, useClass: PostgresEndpoints },
    { provide: MessageLog, useClass: PostgresMessageLog },
    { provide: SecretVault, useClass: KeyringSecrets },
    { provide: EndpointUrls, useClass: CheckedUrls },
    {
      provide: NetworkRules,
      useFactory: ({ webhooks }: EinmalConfig, { env }: Runtime) => NetworkRules.of(webhooks, env),
      inject: [EinmalConfig, Runtime],
    },
    { provide: DueMessages, useClass: PostgresDueMessages },
    { provide: Signatures, useClass: StandardSignatures },
    {
      provide: Receivers,
      useFactory: (rules: NetworkRules) => new GuardedReceivers({ rules, resolve: resolveName }),
      inject: [NetworkRules],
    },
  ],
})
export class WebhooksModule {}
