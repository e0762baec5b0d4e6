import type { LoggerService } from '@nestjs/common';
import type { Log } from './log.js';

/** Nest's own messages among ours. Its start-up chatter is only of interest when debugging. */
export function nestLog({ pino }: Log): LoggerService {
  const at = (level: 'debug' | 'warn' | 'error') => (message: unknown) => {
    pino[level]({ event: 'nest' }, message instanceof Error ? message.name : String(message));
  };
  return {
    log: at('debug'),
    warn: at('warn'),
    error: at('error'),
    debug: at('debug'),
    verbose: at('debug'),
    fatal: at('error'),
  };
}
