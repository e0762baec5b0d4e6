// The yardstick for what is cheap: Nest on Fastify with the service's bounds and a strict schema, and nothing behind it.
import 'reflect-metadata';
import { Body, Controller, HttpCode, Module, Post, StandardSchemaValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { z } from 'zod';

const schema = z.strictObject({ code: z.string().regex(/^[0-9]{6,10}$/) });

@Controller()
class EchoController {
  @Post('echo')
  @HttpCode(200)
  echo(@Body({ schema }) body: z.output<typeof schema>): z.output<typeof schema> {
    return body;
  }
}

@Module({ controllers: [EchoController] })
class EchoModule {}

const adapter = new FastifyAdapter({
  bodyLimit: 16 * 1024,
  requestTimeout: 14_000,
  keepAliveTimeout: 65_000,
  onProtoPoisoning: 'error',
  onConstructorPoisoning: 'error',
});
const app = await NestFactory.create<NestFastifyApplication>(EchoModule, adapter, { logger: false });
app.useGlobalPipes(new StandardSchemaValidationPipe());
await app.listen(Number(process.env['PORT']), '127.0.0.1');
