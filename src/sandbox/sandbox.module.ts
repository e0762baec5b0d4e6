import { Module } from '@nestjs/common';
import { Carrier } from './carrier.js';
import { InboxController } from './inbox.controller.js';
import { Inbox } from './inbox.js';
import { ReportCallbacks } from './report-callbacks.js';
import { SandboxProviderType } from './sandbox-provider.js';

/** The scriptable carrier and its inbox. Imported outside production only. */
@Module({
  controllers: [InboxController],
  providers: [Inbox, ReportCallbacks, Carrier, SandboxProviderType],
  exports: [SandboxProviderType],
})
export class SandboxModule {}
