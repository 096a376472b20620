import { createHash, randomBytes, webcrypto } from 'node:crypto';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The certificate authority of one project: kept in the project's state, trusted by nobody until someone says so, and the
 * issuer of every certificate that a region's endpoints, databases and balancers show.
 */
export class Authority {
  readonly #directory: string;
  /** PEM. This is what is to be trusted. */
  readonly certificate: string;
  readonly #key: string;

  private constructor(directory: string, certificate: string, key: string) {
    this.#directory = directory;
    this.certificate = certificate;
    this.#key = key;
  }

  /** Where the authority's own certificate is kept: for `NODE_EXTRA_CA_CERTS` and the like. */
  get certificateFile(): string {
    return join(this.#directory, 'authority.pem');
  }

  /** The authority kept in this folder, made there if there is none. The key is readable by its owner alone. */
  static async open(directory: string): Promise<Authority> {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const kept = await Promise.all([
      readOrNothing(join(directory, 'authority.pem')),
      readOrNothing(join(directory, 'authority.key')),
    ]);
    if (kept[0] !== undefined && kept[1] !== undefined) return new Authority(directory, kept[0], kept[1]);
    const made = await makeAuthority();
    await writePrivately(join(directory, 'authority.key'), made.key);
    await writePrivately(join(directory, 'authority.pem'), made.certificate);
    await chmod(join(directory, 'authority.pem'), 0o644);
    return new Authority(directory, made.certificate, made.key);
  }

  /**
   * A server's certificate for these names and addresses, PEM, the authority's after its own; the same one as last time
   * for the same names while it holds for another month.
   */
  async issue(names: ServerNames): Promise<ServerCertificate> {
    const file = join(this.#directory, `issued-${digestOf(names)}.json`);
    const kept = await readOrNothing(file);
    if (kept !== undefined) {
      const { expires, ...certificate } = JSON.parse(kept) as ServerCertificate & { expires: number };
      if (expires - Date.now() > 30 * day) return certificate;
    }
    const expires = Date.now() + 397 * day;
    const certificate = await this.#sign(names, expires);
    await writePrivately(file, JSON.stringify({ ...certificate, expires }));
    return certificate;
  }

  async #sign(names: ServerNames, expires: number): Promise<ServerCertificate> {
    const x509 = await library();
    const issuer = new x509.X509Certificate(this.certificate);
    const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
    const certificate = await x509.X509CertificateGenerator.create({
      serialNumber: randomBytes(16).toString('hex'),
      subject: `CN=${names.dns[0] ?? names.addresses?.[0] ?? 'terrace'}`.slice(0, 67),
      issuer: issuer.subject,
      notBefore: new Date(Date.now() - day),
      notAfter: new Date(expires),
      signingKey: await importKey(this.#key),
      publicKey: keys.publicKey,
      signingAlgorithm: algorithm,
      extensions: [
        new x509.BasicConstraintsExtension(false),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
        new x509.SubjectAlternativeNameExtension([
          ...names.dns.map((value) => ({ type: 'dns' as const, value })),
          ...(names.addresses ?? []).map((value) => ({ type: 'ip' as const, value })),
        ]),
        await x509.AuthorityKeyIdentifierExtension.create(issuer),
      ],
    });
    return {
      certificate: `${certificate.toString('pem')}\n${this.certificate}`,
      key: await exportKey(keys.privateKey),
    };
  }
}

interface ServerNames {
  /** Names, `*.` at the front matching one label. The first becomes the common name. */
  readonly dns: readonly string[];
  readonly addresses?: readonly string[];
}

/** Both PEM. */
export interface ServerCertificate {
  readonly certificate: string;
  readonly key: string;
}

const day = 86_400_000;
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/** Ten years: an authority that runs out is one more thing to find out about at the wrong time. */
async function makeAuthority(): Promise<ServerCertificate> {
  const x509 = await library();
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: randomBytes(16).toString('hex'),
    name: `CN=Terrace local authority ${randomBytes(4).toString('hex')}, O=Terrace`,
    notBefore: new Date(Date.now() - day),
    notAfter: new Date(Date.now() + 3650 * day),
    keys,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate: `${certificate.toString('pem')}\n`, key: await exportKey(keys.privateKey) };
}

/** Loaded when a certificate has to be made, which is seldom: it takes a tenth of a second. */
async function library() {
  await import('reflect-metadata');
  return import('@peculiar/x509');
}

async function exportKey(key: webcrypto.CryptoKey): Promise<string> {
  const body = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key)).toString('base64');
  return `-----BEGIN PRIVATE KEY-----\n${body.match(/.{1,64}/g)!.join('\n')}\n-----END PRIVATE KEY-----\n`;
}

function importKey(pem: string): Promise<webcrypto.CryptoKey> {
  const body = pem.replace(/-----[^-]+-----|\s/g, '');
  return webcrypto.subtle.importKey('pkcs8', Buffer.from(body, 'base64'), algorithm, false, ['sign']);
}

function digestOf(names: ServerNames): string {
  const text = JSON.stringify([[...names.dns].sort(), [...(names.addresses ?? [])].sort()]);
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

async function readOrNothing(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function writePrivately(path: string, text: string): Promise<void> {
  await writeFile(`${path}.new`, text, { mode: 0o600 });
  await rename(`${path}.new`, path);
}
