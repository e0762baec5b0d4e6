import { Module } from '@nestjs/common';
import { ApplicationsModule } from '../applications/applications.module.js';
import { AuditModule } from '../audit/audit.module.js';
import { KeyringNames } from './adapters/keyring-names.js';
import { ListsHousekeeper } from './adapters/lists-housekeeper.js';
import { LiveLists } from './adapters/live-lists.js';
import { PostgresListUpkeep } from './adapters/postgres-list-upkeep.js';
import { PostgresLists } from './adapters/postgres-lists.js';
import { EditLists } from './application/edit-lists.js';
import { KeyedNames, ListLedger, Lists, ListUpkeep } from './application/ports.js';
import { ScreenSend } from './application/screen-send.js';
import { SearchLists } from './application/search-lists.js';
import { ApplicationListsController } from './http/application-lists.controller.js';
import { ListsController } from './http/lists.controller.js';

/** Who may be written to at all: countries, kinds of numbers, lists of whom to block and whom to trust. */
@Module({
  imports: [ApplicationsModule, AuditModule],
  controllers: [ListsController, ApplicationListsController],
  providers: [
    ScreenSend,
    EditLists,
    SearchLists,
    ListsHousekeeper,
    { provide: Lists, useClass: LiveLists },
    { provide: ListLedger, useClass: PostgresLists },
    { provide: ListUpkeep, useClass: PostgresListUpkeep },
    { provide: KeyedNames, useClass: KeyringNames },
  ],
  exports: [ScreenSend],
})
export class ScreeningModule {}
