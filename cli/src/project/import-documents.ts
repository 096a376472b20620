import type { Json } from '@terrace/cloud/json';
import type { Mistake } from '@terrace/cloud/mistake';
import { readJson } from '@terrace/cloud/template/read-json';

/** The JSON documents of a text, in which several may stand one behind the other, as commands print them. Mistakes: `JSON_SYNTAX`. */
export function documentsIn(file: string, text: string, mistakes: Mistake[]): Json[] {
  return splitDocuments(text).flatMap((each) => {
    const value = readJson({ file, text: each }, mistakes);
    return value === undefined ? [] : [value];
  });
}

/** Cuts behind the bracket that closes the outermost one; what is no JSON stays in one piece, for its mistake to be found. */
function splitDocuments(text: string): string[] {
  const documents: string[] = [];
  let depth = 0;
  let start = 0;
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (isQuoted) {
      if (character === '\\') at++;
      else if (character === '"') isQuoted = false;
    } else if (character === '"') isQuoted = true;
    else if (character === '{' || character === '[') depth++;
    else if (character === '}' || character === ']') {
      depth--;
      if (depth > 0) continue;
      documents.push(text.slice(start, at + 1));
      start = at + 1;
    }
  }
  const rest = text.slice(start);
  return rest.trim() === '' && documents.length > 0 ? documents : [...documents, rest];
}
