import { Module } from '@nestjs/common';
import { ApplicationsModule } from '../applications/applications.module.js';
import { AuditModule } from '../audit/audit.module.js';
import { CheckedUrls } from './adapters/checked-urls.js';
import { EndpointSecretsUpkeep } from './adapters/endpoint-secrets-upkeep.js';
import { KeyringSecrets } from './adapters/keyring-secrets.js';
import { PostgresEndpoints } from './adapters/postgres-endpoints.js';
import { PostgresMessageLog } from './adapters/postgres-message-log.js';
import { EndpointLedger } from './application/endpoint-ledger.js';
import { EndpointSecrets, SecretVault } from './application/endpoint-secrets.js';
import { EndpointUrls } from './application/endpoint-urls.js';
import { ManageEndpoints } from './application/manage-endpoints.js';
import { MessageLog } from './application/message-log.js';
import { ReplayMessages } from './application/replay-messages.js';
import { RotateSecret } from './application/rotate-secret.js';
import { ApplicationEndpointsController } from './http/application-endpoints.controller.js';
import { ApplicationMessagesController } from './http/application-messages.controller.js';
import { EndpointsController } from './http/endpoints.controller.js';
import { MessagesController } from './http/messages.controller.js';

const endpoints = [ManageEndpoints, EndpointSecrets, RotateSecret, ReplayMessages, EndpointSecretsUpkeep];

/** Tells applications what happened: where, how it is signed, and what became of it. */
@Module({
  imports: [ApplicationsModule, AuditModule],
  controllers: [
    ...[EndpointsController, ApplicationEndpointsController],
    ...[MessagesController, ApplicationMessagesController],
  ],
  providers: [
    ...endpoints,
    { provide: EndpointLedger, useClass: PostgresEndpoints },
    { provide: MessageLog, useClass: PostgresMessageLog },
    { provide: SecretVault, useClass: KeyringSecrets },
    { provide: EndpointUrls, useClass: CheckedUrls },
  ],
})
export class WebhooksModule {}
