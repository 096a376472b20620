/** Seconds from 1900, where NTP counts from, to 1970. */
const epoch = 2_208_988_800;
const packetBytes = 48;
const client = 3;
const server = 4;

/**
 * What the time service says to a packet of NTP: the machine's own time, as a server of the fourth stratum. `undefined` where silence is the
 * answer, since it is not a client's question.
 *
 * https://www.rfc-editor.org/rfc/rfc5905#section-7.3
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configure-ec2-ntp.html
 *
 * @param now milliseconds since 1970
 */
export function answer(question: Buffer, now: number): Buffer | undefined {
  if (question.length < packetBytes || (question[0]! & 0b111) !== client) return undefined;
  const version = (question[0]! >> 3) & 0b111;
  const said = Buffer.alloc(packetBytes);
  said[0] = (version << 3) | server;
  said[1] = 4;
  said[2] = question[2]!;
  said.writeInt8(-20, 3);
  said.write('LOCL', 12, 'ascii');
  writeTime(said, 16, now);
  question.copy(said, 24, 40, 48);
  writeTime(said, 32, now);
  writeTime(said, 40, now);
  return said;
}

function writeTime(packet: Buffer, offset: number, milliseconds: number): void {
  const seconds = Math.floor(milliseconds / 1000);
  packet.writeUInt32BE((seconds + epoch) % 2 ** 32, offset);
  packet.writeUInt32BE(Math.floor(((milliseconds - seconds * 1000) / 1000) * 2 ** 32), offset + 4);
}
