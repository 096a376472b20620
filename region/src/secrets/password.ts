import { randomInt } from 'node:crypto';
import type { PasswordRecipe } from '@terrace/cloud/families/secret/secret';

const types = {
  lowercase: 'abcdefghijklmnopqrstuvwxyz',
  uppercase: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  numbers: '0123456789',
  punctuation: '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~',
  space: ' ',
} as const;

/**
 * A random password by Secrets Manager's recipe. Throws where the recipe leaves no character to choose from, or not enough
 * places for one of each type, as the API refuses it.
 *
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetRandomPassword.html
 */
export function generatePassword(recipe: PasswordRecipe): string {
  const included = (Object.keys(types) as (keyof typeof types)[])
    .filter((type) => recipe[type])
    .map((type) => [...types[type]].filter((character) => !recipe.excludeCharacters.includes(character)))
    .filter((characters) => characters.length > 0);
  const all = included.flat();
  const first = recipe.requireEachType ? included.map(pick) : [];
  if (all.length === 0 || first.length > recipe.length)
    throw new Error('The recipe of the generated secret allows no password');
  const rest = Array.from({ length: recipe.length - first.length }, () => pick(all));
  return shuffled([...first, ...rest]).join('');
}

function pick(characters: readonly string[]): string {
  return characters[randomInt(characters.length)]!;
}

function shuffled(characters: string[]): string[] {
  for (let index = characters.length - 1; index > 0; index -= 1) {
    const other = randomInt(index + 1);
    [characters[index], characters[other]] = [characters[other]!, characters[index]!];
  }
  return characters;
}
