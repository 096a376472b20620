import { type Action, dawn } from './night.ts';

/** An action and the step before which it is done. */
export interface Input {
  readonly step: number;
  readonly action: Action;
}

/** What the longest game can hold, rounded up: a move every five steps and a flare every thirty. */
export const mostInputs = 4400;
/** Bytes of the longest encoded game; an input needs one to three. */
export const mostBytes = mostInputs * 3;

/**
 * Inputs as bytes: for each, steps since the input before, times three, plus the action, in groups of seven bits
 * with the high bit set on all but the last (LEB128). The inputs are in order of their steps.
 */
export function encode(inputs: readonly Input[]): Uint8Array {
  const bytes: number[] = [];
  let before = 0;
  for (const { step, action } of inputs) {
    let left = (step - before) * 3 + action;
    before = step;
    for (; left > 127; left >>>= 7) bytes.push((left & 127) | 128);
    bytes.push(left);
  }
  return Uint8Array.from(bytes);
}

/** `undefined` where the bytes are no inputs of any game. */
export function decode(bytes: Uint8Array): Input[] | undefined {
  if (bytes.length > mostBytes) return undefined;
  const inputs: Input[] = [];
  let step = 0;
  for (let at = 0; at < bytes.length; ) {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      if (byte === undefined || shift > 14) return undefined;
      value |= (byte & 127) << shift;
      if (byte < 128) break;
    }
    step += (value / 3) | 0;
    if (step >= dawn || inputs.length === mostInputs) return undefined;
    inputs.push({ step, action: (value % 3) as Action });
  }
  return inputs;
}
