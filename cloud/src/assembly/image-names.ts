import { isObject, type Json } from '../json.ts';
import type { StackSource } from './stack-source.ts';

/**
 * What the templates call the images that they take, by the image's id: the public parameter of Systems Manager that an id was looked up
 * by, the path of names in `Mappings` that leads to it, or the parameter that has it with its description. An id itself says nothing of
 * the operating system, and the price of an instance depends on it.
 */
export class ImageNames {
  readonly #names = new Map<string, Set<string>>();

  add(image: unknown, name: string): void {
    if (typeof image !== 'string' || !/^ami-[0-9a-z]+$/.test(image)) return;
    const names = this.#names.get(image) ?? new Set();
    this.#names.set(image, names.add(name));
  }

  /** The mappings of a template, and its parameters with the values that they have. */
  addTemplate({ template }: StackSource, parameters: Readonly<Record<string, Json>>): void {
    const { Mappings, Parameters } = template.body;
    const walk = (value: Json | undefined, path: readonly string[]): void => {
      if (isObject(value)) for (const [name, inner] of Object.entries(value)) walk(inner, [...path, name]);
      else this.add(value, path.join('.'));
    };
    walk(Mappings, []);
    for (const [name, value] of Object.entries(parameters)) {
      const stated = isObject(Parameters) ? Parameters[name] : undefined;
      const description = isObject(stated) && typeof stated.Description === 'string' ? ` (${stated.Description})` : '';
      this.add(value, `${name}${description}`);
    }
  }

  all(): Readonly<Record<string, readonly string[]>> {
    return Object.fromEntries([...this.#names].map(([image, names]) => [image, [...names]]));
  }
}
