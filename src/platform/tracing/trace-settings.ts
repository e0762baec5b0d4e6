/** OpenTelemetry's own variables, as far as they are heard. */
export interface TraceSettings {
  /** Base URL of an OTLP/HTTP receiver. */
  endpoint: string;
  headers: Record<string, string>;
  serviceName: string;
  /** Share of the traces, whatever those who call with one want: they can only ask for less. */
  ratio: number;
}

/**
 * Reads header fields in the OTLP specification's form: percent-encoded `name=value`, several separated by commas.
 *
 * @returns null when that is not what the text is.
 */
export function parseOtlpHeaders(text: string): Record<string, string> | null {
  const pairs = text.split(',').filter((pair) => pair !== '');
  try {
    return Object.fromEntries(pairs.flatMap(readPair));
  } catch {
    return null;
  }
}

/** @throws when it is not percent-encoded or has no name and value. */
function readPair(pair: string): [string, string][] {
  const [name = '', ...value] = pair.split('=');
  if (value.length === 0) throw new Error('no value');
  const decoded = decodeURIComponent(value.join('=').trim());
  return name === '' ? [] : [[name.trim(), decoded]];
}
