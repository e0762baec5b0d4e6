import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { EdgeCeilingsModule } from '../platform/http/edge-throttle.module.js';
import { ChangeEdge } from './change-edge.js';
import { EdgeController } from './edge.controller.js';

/** The ceilings at the edge, as an operator sees and turns them. */
@Module({
  imports: [AuditModule, EdgeCeilingsModule],
  controllers: [EdgeController],
  providers: [ChangeEdge],
})
export class EdgeModule {}
