/** In place of Fastify's compilers of JSON Schema, a quarter of a megabyte to read: `application.ts` says that there is none. */
export default function notUsed(): never {
  throw new Error('this was left out of the bundle');
}
