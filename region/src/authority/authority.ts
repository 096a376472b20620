import { createHash, createPrivateKey, randomBytes, webcrypto, X509Certificate } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { words } from '@terrace/cloud/words';
import { DamagedState, readKept, readKeptJson, removeIt } from '../keeping/damaged-state.ts';
import { writeWhole } from '../keeping/write-whole.ts';

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
    const files = { certificate: join(directory, 'authority.pem'), key: join(directory, 'authority.key') };
    const certificate = await readKept(files.certificate);
    // The key is written first: one without a certificate is left of a making that broke off, and nobody trusts it yet.
    if (certificate !== undefined) {
      const key = (await readKept(files.key)) ?? '';
      const damaged = damageOf(certificate, key);
      if (damaged) throw new DamagedState(files[damaged], ...toldOf(damaged, directory));
      return new Authority(directory, certificate, key);
    }
    const made = await makeAuthority();
    await writeWhole(files.key, made.key);
    await writeWhole(files.certificate, made.certificate);
    return new Authority(directory, made.certificate, made.key);
  }

  /**
   * A server's certificate for these names and addresses, PEM, the authority's after its own; the same one as last time
   * for the same names while it holds for another month.
   */
  async issue(names: ServerNames): Promise<ServerCertificate> {
    return this.#kept(`issued-${digestOf(names)}.json`, (expires) => this.#sign(names, expires));
  }

  async #kept(name: string, make: (expires: number) => Promise<ServerCertificate>): Promise<ServerCertificate> {
    const file = join(this.#directory, name);
    const kept = await readKeptJson<ServerCertificate & { readonly expires: number }>(file, isIssued, issuedAnew);
    if (kept && kept.expires - Date.now() > 30 * day) return { certificate: kept.certificate, key: kept.key };
    const expires = Date.now() + 397 * day;
    const certificate = await make(expires);
    await writeWhole(file, JSON.stringify({ ...certificate, expires }));
    return certificate;
  }

  /** A certificate of an RSA key, for what has to be signed as AWS signs it. The same one as long as it holds. */
  async issueSigner(name: string): Promise<ServerCertificate> {
    return this.#kept(`signer-${digestOf({ dns: [name] })}.json`, (expires) =>
      this.#sign({ dns: [name] }, expires, { ...rsa, publicExponent: new Uint8Array([1, 0, 1]) }),
    );
  }

  async #sign(
    names: ServerNames,
    expires: number,
    kind: webcrypto.EcKeyGenParams | webcrypto.RsaHashedKeyGenParams = algorithm,
  ): Promise<ServerCertificate> {
    const x509 = await library();
    const issuer = new x509.X509Certificate(this.certificate);
    const keys = await webcrypto.subtle.generateKey(kind, true, ['sign', 'verify']);
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

const rsa = { name: 'RSASSA-PKCS1-v1_5', modulusLength: 2048, hash: 'SHA-256' };

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

/** Which of an authority's two files cannot be used, `undefined` where both can and belong together. */
function damageOf(certificate: string, key: string): 'certificate' | 'key' | undefined {
  try {
    const read = new X509Certificate(certificate);
    try {
      return read.checkPrivateKey(createPrivateKey(key)) ? undefined : 'key';
    } catch {
      return 'key';
    }
  } catch {
    return 'certificate';
  }
}

function toldOf(damaged: 'certificate' | 'key', directory: string) {
  const found =
    damaged === 'certificate'
      ? words(
          "The certificate of the region's authority is damaged: it cannot be read.",
          '로컬 리전 인증 기관의 인증서가 손상되어 읽을 수 없습니다.',
        )
      : words(
          "The key of the region's authority is damaged: it cannot be read, or belongs to another certificate.",
          '로컬 리전 인증 기관의 키가 손상되었습니다. 읽을 수 없거나 다른 인증서의 키입니다.',
        );
  const cost = words(
    'a new authority is made then, which has to be trusted again (terrace trust)',
    '새 인증 기관을 만들므로 terrace trust로 다시 신뢰하도록 등록해야 합니다.',
  );
  return [found, removeIt(`-r ${directory}`, cost)] as const;
}

function isIssued({ certificate, key, expires }: ServerCertificate & { readonly expires: number }): boolean {
  return typeof certificate === 'string' && typeof key === 'string' && typeof expires === 'number';
}

const issuedAnew = words(
  'the certificate is issued anew, and nothing is lost',
  '인증서를 다시 발급하며, 잃는 것은 없습니다.',
);
