import { ApiKeyEntity } from './applications/api-key.entity.js';
import { ApplicationEntity } from './applications/application.entity.js';
import { AuditEntryEntity } from './audit/audit-entry.entity.js';
import { AuditHeadEntity } from './audit/audit-head.entity.js';
import { DeliveryEntity } from './delivery/adapters/delivery.entity.js';
import { ProviderSwitchEntity } from './delivery/adapters/provider-switch.entity.js';
import { ReportEntity } from './delivery/adapters/report.entity.js';
import { SendAttemptEntity } from './delivery/adapters/send-attempt.entity.js';
import { DecisionEntity } from './limits/adapters/decision.entity.js';
import { PriceEntity } from './spending/adapters/price.entity.js';
import { PriceTableEntity } from './spending/adapters/price-table.entity.js';
import { SpendAlertEntity } from './spending/adapters/spend-alert.entity.js';
import { InstallationSettingEntity } from './edge/installation-setting.entity.js';
import { EventEntity } from './events/event.entity.js';
import { Ledger1795359600000 } from './platform/postgres/migrations/1795359600000-ledger.js';
import { LimitRuleEntity } from './limits/adapters/limit-rule.entity.js';
import { LimitTripEntity } from './limits/adapters/limit-trip.entity.js';
import { LimitRules1795390100000 } from './platform/postgres/migrations/1795390100000-limit-rules.js';
import { Decisions1795390200000 } from './platform/postgres/migrations/1795390200000-decisions.js';
import { DeliveriesRecent1795390201000 } from './platform/postgres/migrations/1795390201000-deliveries-recent.js';
import { Countries1795390300000 } from './platform/postgres/migrations/1795390300000-countries.js';
import { Lists1795390301000 } from './platform/postgres/migrations/1795390301000-lists.js';
import { LiveVersionEntity } from './platform/live/live-version.entity.js';
import { LiveVersions1795390000000 } from './platform/postgres/migrations/1795390000000-live-versions.js';
import { Money1795390400000 } from './platform/postgres/migrations/1795390400000-money.js';
import { ListEntryEntity } from './screening/adapters/list-entry.entity.js';
import { UnusualEndings1795377600000 } from './platform/postgres/migrations/1795377600000-unusual-endings.js';
import { Administration1795390600000 } from './platform/postgres/migrations/1795390600000-administration.js';
import { AdministrationLookups1795390601000 } from './platform/postgres/migrations/1795390601000-administration-lookups.js';
import { Controls1795390650000 } from './platform/postgres/migrations/1795390650000-controls.js';
import { InstallationSettings1795390700000 } from './platform/postgres/migrations/1795390700000-installation-settings.js';
import { PolledAttempts1795400100000 } from './platform/postgres/migrations/1795400100000-polled-attempts.js';
import { Texts1795400200000 } from './platform/postgres/migrations/1795400200000-texts.js';
import { TransientFailures1795400300000 } from './platform/postgres/migrations/1795400300000-transient-failures.js';
import { Webhooks1795400400000 } from './platform/postgres/migrations/1795400400000-webhooks.js';
import { WebhookEndpointEntity } from './webhooks/adapters/webhook-endpoint.entity.js';
import { WebhookMessageEntity } from './webhooks/adapters/webhook-message.entity.js';
import { ConsumedTokens1795400500000 } from './platform/postgres/migrations/1795400500000-consumed-tokens.js';
import { ConsumedTokenEntity } from './tokens/adapters/consumed-token.entity.js';
import { BackupCodeEntity } from './factors/adapters/backup-code.entity.js';
import { FactorEntity } from './factors/adapters/factor.entity.js';
import { RemovedAuthenticatorsEntity } from './factors/adapters/removed-authenticators.entity.js';
import { LimitTrips1795400700000 } from './platform/postgres/migrations/1795400700000-limit-trips.js';
import { ReportTimeouts1795400800000 } from './platform/postgres/migrations/1795400800000-report-timeouts.js';
import { Factors1795401000000 } from './platform/postgres/migrations/1795401000000-factors.js';
import { FactorLimits1795401100000 } from './platform/postgres/migrations/1795401100000-factor-limits.js';
import { FactorPlans1795401300000 } from './platform/postgres/migrations/1795401300000-factor-plans.js';
import { ErasedSubjects1795401400000 } from './platform/postgres/migrations/1795401400000-erased-subjects.js';
import { RemovedAuthenticators1795401402000 } from './platform/postgres/migrations/1795401402000-removed-authenticators.js';
import { SubjectLookups1795401401000 } from './platform/postgres/migrations/1795401401000-subject-lookups.js';
import { UnsentStarts1795401403000 } from './platform/postgres/migrations/1795401403000-unsent-starts.js';
import { VerificationEntity } from './verification/adapters/verification.entity.js';

/** Every table of the ledger, as its feature declares it. */
export const entities = [
  ApplicationEntity,
  ApiKeyEntity,
  VerificationEntity,
  DeliveryEntity,
  SendAttemptEntity,
  ProviderSwitchEntity,
  ReportEntity,
  EventEntity,
  AuditEntryEntity,
  AuditHeadEntity,
  LiveVersionEntity,
  ListEntryEntity,
  PriceEntity,
  PriceTableEntity,
  SpendAlertEntity,
  LimitRuleEntity,
  LimitTripEntity,
  DecisionEntity,
  InstallationSettingEntity,
  WebhookEndpointEntity,
  WebhookMessageEntity,
  ConsumedTokenEntity,
  FactorEntity,
  RemovedAuthenticatorsEntity,
  BackupCodeEntity,
];

/** Every migration, oldest first. */
export const migrations = [
  Ledger1795359600000,
  UnusualEndings1795377600000,
  LiveVersions1795390000000,
  LimitRules1795390100000,
  Decisions1795390200000,
  DeliveriesRecent1795390201000,
  Countries1795390300000,
  Lists1795390301000,
  Money1795390400000,
  Administration1795390600000,
  AdministrationLookups1795390601000,
  Controls1795390650000,
  InstallationSettings1795390700000,
  PolledAttempts1795400100000,
  Texts1795400200000,
  TransientFailures1795400300000,
  Webhooks1795400400000,
  ConsumedTokens1795400500000,
  LimitTrips1795400700000,
  ReportTimeouts1795400800000,
  Factors1795401000000,
  FactorLimits1795401100000,
  FactorPlans1795401300000,
  ErasedSubjects1795401400000,
  SubjectLookups1795401401000,
  RemovedAuthenticators1795401402000,
  UnsentStarts1795401403000,
];
