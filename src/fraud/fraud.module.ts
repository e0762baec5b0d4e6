import { Module } from '@nestjs/common';
import { JudgeSend } from './application/judge-send.js';

/** Detectors of pumping and spraying. */
@Module({
  providers: [JudgeSend],
  exports: [JudgeSend],
})
export class FraudModule {}
