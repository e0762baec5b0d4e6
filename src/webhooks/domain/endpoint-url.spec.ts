import { describe, expect, it } from 'vitest';
import { endpointUrlProblem, type AddressRules } from './endpoint-url.js';

const PUBLIC = '8.8.8.8';
/** Strangers are told over TLS at one address only; what this knows of addresses is tested with NetworkRules. */
const strict: AddressRules = {
  plain: false,
  allows: (address) => address === PUBLIC,
  forbids: (address) => address === '169.254.169.254',
};
const trying: AddressRules = {
  ...strict,
  plain: true,
  allows: (address) => [PUBLIC, '127.0.0.1', '::1'].includes(address),
};

describe('R86 the URL of an endpoint', () => {
  it.each([
    'https://shop.example/hooks/einmal?tenant=1',
    'https://shop.example:8443/',
    'https://8.8.8.8/hook',
    'https://xn--bcher-kva.example/hook',
  ])('may be %s', (url) => {
    expect(endpointUrlProblem(url, strict)).toBeNull();
  });

  it.each([
    ...[
      'http://shop.example/',
      'ftp://shop.example/',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'unix:/run/docker.sock',
    ],
    ...['https://user@shop.example/', 'https://user:password@shop.example/', 'https://shop.example/#part'],
    ...[
      'https://shop.example:22/',
      'https://shop.example:25/',
      'https://shop.example:80/',
      'https://shop.example:1023/',
    ],
    ...['https://shop.example:0/', 'https://shop.example./', 'https://8.8.8.8:53/'],
    ...[
      'shop.example',
      '//shop.example/',
      '',
      ' https://shop.example/',
      'https://shop.example/\n',
      'https://',
      'https:///',
    ],
    ...['https://bücher.example/', `https://shop.example/${'a'.repeat(2_048)}`],
  ])('is not %s', (url) => {
    expect(endpointUrlProblem(url, strict)).toEqual(expect.any(String));
  });

  it.each([
    ...['https://127.0.0.1/', 'https://127.1/', 'https://2130706433/', 'https://0177.0.0.1/', 'https://0x7f.0.0.1/'],
    ...['https://0x7f000001/', 'https://017700000001/', 'https://127.0.0.1./', 'https://%31%32%37.0.0.1/'],
    ...['https://[::1]/', 'https://[0:0:0:0:0:0:0:1]/', 'https://[::ffff:127.0.0.1]/', 'https://[::ffff:7f00:1]/'],
    ...['https://localhost/', 'https://LOCALHOST/', 'https://api.localhost/', 'https://localhost:8443/'],
    ...['https://169.254.169.254/latest/meta-data/', 'https://0/', 'https://10.0.0.1/'],
  ])('is not another spelling of an address that is not allowed: %s', (url) => {
    expect(endpointUrlProblem(url, strict)).toEqual(expect.any(String));
  });

  it('says of an address that nobody can allow that it is never told, and of another private one who can', () => {
    expect(endpointUrlProblem('https://169.254.169.254/latest', strict)).toMatch(
      /169\.254\.169\.254.* is never told\.$/,
    );
    expect(endpointUrlProblem('https://10.0.0.1/', strict)).toMatch(/webhooks\.privateNetworks/);
  });

  it('may lead to the own machine where one tries things out, also without TLS', () => {
    for (const url of [
      'http://localhost:3001/hook',
      'http://127.0.0.1:8080/',
      'http://[::1]:8080/',
      'http://127.0.0.1/',
    ])
      expect(endpointUrlProblem(url, trying)).toBeNull();
    expect(endpointUrlProblem('http://10.0.0.1:8080/', trying)).toMatch(/^leads to 10\.0\.0\.1, /);
    expect(endpointUrlProblem('http://127.0.0.1:443/', trying)).toMatch(/port 80/);
  });
});
