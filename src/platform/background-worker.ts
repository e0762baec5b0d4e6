import type { BeforeApplicationShutdown, OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import type { Runtime } from './runtime.js';

/** Works from the start of a process to its end, wherever there are workers: not where the role is only to answer. */
export abstract class BackgroundWorker implements OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown {
  constructor(private readonly runtime: Runtime) {}

  async onApplicationBootstrap(): Promise<void> {
    if (this.runtime.env.role !== 'api') await this.start();
  }

  /** Takes nothing new from here on, while other workers drain: one drain after the other would take longer than a stop may. */
  onModuleDestroy(): void {
    void this.stop();
  }

  /** Before connections close: what is in flight still records its outcome. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.stop();
  }

  abstract start(): void | Promise<void>;

  /** Waits for what is in flight; may be called again meanwhile. */
  abstract stop(): Promise<void>;
}
