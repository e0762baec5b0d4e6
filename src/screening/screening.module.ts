import { Module } from '@nestjs/common';
import { ScreenSend } from './application/screen-send.js';

/** Who may be written to at all: countries, kinds of numbers, lists of whom to block and whom to trust. */
@Module({
  providers: [ScreenSend],
  exports: [ScreenSend],
})
export class ScreeningModule {}
