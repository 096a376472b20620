import { StringDecoder } from 'node:string_decoder';

/** Longer than this and a line is cut where it is. */
const longest = 16_384;

/** Whole lines out of output that comes in pieces, of either stream; `end` gives the last one, if nothing ended it. */
export function linesOf(each: (line: string) => void): {
  readonly onOutput: (stream: 'out' | 'err', bytes: Buffer) => undefined;
  readonly end: () => void;
} {
  const streams = {
    out: { decoder: new StringDecoder('utf8'), held: '' },
    err: { decoder: new StringDecoder('utf8'), held: '' },
  };
  return {
    onOutput(name, bytes) {
      const stream = streams[name];
      const lines = (stream.held + stream.decoder.write(bytes)).split('\n');
      stream.held = lines.pop() ?? '';
      for (const line of lines) each(line);
      if (stream.held.length > longest) {
        each(stream.held);
        stream.held = '';
      }
      return undefined;
    },
    end() {
      for (const stream of Object.values(streams)) {
        if (stream.held !== '') each(stream.held);
        stream.held = '';
      }
    },
  };
}
