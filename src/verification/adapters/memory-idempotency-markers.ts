import { Injectable } from '@nestjs/common';
import { IdempotencyMarkers } from '../application/hot-state.js';

/** In one process a start either answers or throws, so its marker is always released and needs no clock. */
@Injectable()
export class MemoryIdempotencyMarkers extends IdempotencyMarkers {
  private readonly held = new Set<string>();

  claim(applicationId: string, key: string): Promise<boolean> {
    const name = `${applicationId}:${key}`;
    if (this.held.has(name)) return Promise.resolve(false);
    this.held.add(name);
    return Promise.resolve(true);
  }

  release(applicationId: string, key: string): Promise<void> {
    this.held.delete(`${applicationId}:${key}`);
    return Promise.resolve();
  }
}
