import { Module } from '@nestjs/common';
import { ApplicationsModule } from '../applications/applications.module.js';
import { AuditModule } from '../audit/audit.module.js';
import { RedisConnection } from '../platform/redis/connection.js';
import { Runtime } from '../platform/runtime.js';
import { Clock } from '../shared/clock.js';
import { LiveRuleBook } from './adapters/live-rule-book.js';
import { DecisionsHousekeeper } from './adapters/decisions-housekeeper.js';
import { MemoryCounters } from './adapters/memory-counters.js';
import { PostgresDecisionLog } from './adapters/postgres-decision-log.js';
import { PostgresDecisions } from './adapters/postgres-decisions.js';
import { PostgresRules } from './adapters/postgres-rules.js';
import { RedisCounters } from './adapters/redis-counters.js';
import { DecisionLog } from './application/decision-log.js';
import { Limiter } from './application/limiter.js';
import { ManageRules } from './application/manage-rules.js';
import { Counters, Decisions, RuleBook, RuleLedger } from './application/ports.js';
import { ApplicationRulesController } from './http/application-rules.controller.js';
import { RulesController } from './http/rules.controller.js';

@Module({
  imports: [ApplicationsModule, AuditModule],
  controllers: [RulesController, ApplicationRulesController],
  providers: [
    Limiter,
    ManageRules,
    DecisionsHousekeeper,
    { provide: Decisions, useClass: PostgresDecisions },
    { provide: DecisionLog, useClass: PostgresDecisionLog },
    { provide: RuleBook, useClass: LiveRuleBook },
    { provide: RuleLedger, useClass: PostgresRules },
    {
      provide: Counters,
      inject: [Runtime, Clock, { token: RedisConnection, optional: true }],
      useFactory: (runtime: Runtime, clock: Clock, redis?: RedisConnection): Counters => {
        if (runtime.env.embedded) return new MemoryCounters(clock);
        if (!redis) throw new Error('Limits of several nodes need Redis: counting in memory would multiply them.');
        return new RedisCounters(redis, clock);
      },
    },
  ],
  exports: [Limiter, Decisions],
})
export class LimitsModule {}
