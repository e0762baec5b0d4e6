// The service as single modules instead of the bundle that ships: what a preload has changed in one of them, it runs with.
import 'reflect-metadata';
import { runService } from '../dist/run-service.js';

await runService();
