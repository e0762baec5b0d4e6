import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A span as it came over the wire, its attributes as one record. */
export interface ReceivedSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  fields: Record<string, unknown>;
}

interface Payload {
  resourceSpans: {
    scopeSpans: {
      spans: (Omit<ReceivedSpan, 'fields'> & { attributes: { key: string; value: Record<string, unknown> }[] })[];
    }[];
  }[];
}

/** A collector of traces on loopback: OTLP over HTTP, as JSON. */
export class OtlpReceiver {
  /** Each request's body. */
  readonly payloads: string[] = [];
  private readonly server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      this.payloads.push(Buffer.concat(chunks).toString());
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });

  static async start(): Promise<OtlpReceiver> {
    const receiver = new OtlpReceiver();
    receiver.server.listen(0, '127.0.0.1');
    await once(receiver.server, 'listening');
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  get spans(): ReceivedSpan[] {
    return this.payloads
      .flatMap((text) => (JSON.parse(text) as Payload).resourceSpans)
      .flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans))
      .map(({ attributes, ...span }) => ({
        ...span,
        fields: Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]])),
      }));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}
