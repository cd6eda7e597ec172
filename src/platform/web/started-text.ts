import { promisify } from "node:util";
import { constants, crc32, deflateRaw } from "node:zlib";

const deflate = promisify(deflateRaw);
/** Compressed in pieces of up to so much, each a turn of the event loop and of a thread: a large board is one. */
export const mostPieceBytes = 1024 * 1024;
/** Magic, deflate, no flags, no time, "fastest", any system. */
const gzipHead = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 4, 0xff]);

type Packed = { blocks: Buffer; crc: number; bytes: number };

/** A text that begins as many others do; `start` and `rest` are whole characters. */
export type StartedText = { start: TextStart; rest: string };

/** The beginning that texts have in common. It is compressed once, whoever asks first. */
export class TextStart {
  #packed: Promise<Packed> | undefined;

  constructor(readonly text: string) {}

  /** Blocks that end with a byte and that nothing after them looks back into, so that anything may follow. */
  packed(): Promise<Packed> {
    this.#packed ??= this.pack();
    return this.#packed;
  }

  private async pack(): Promise<Packed> {
    try {
      const packed = await compress(this.text, constants.Z_FULL_FLUSH);
      // A copy: what zlib answers holds the whole megabyte that it was given to write to.
      return { ...packed, blocks: Buffer.from(packed.blocks) };
    } catch (error) {
      // Whoever asks next tries again.
      this.#packed = undefined;
      throw error;
    }
  }
}

async function compress(text: string, finishFlush: number, crcBefore = 0): Promise<Packed> {
  const bytes = Buffer.from(text);
  const chunkSize = Math.min(Math.max(bytes.length, constants.Z_MIN_CHUNK), mostPieceBytes);
  const blocks = await deflate(bytes, { level: constants.Z_BEST_SPEED, chunkSize, finishFlush });
  // zlib takes no bytes at all for a wish to begin anew.
  const crc = bytes.length === 0 ? crcBefore : crc32(bytes, crcBefore);
  return { blocks, crc, bytes: bytes.length };
}

/** The whole text as one gzip member, for the price of its rest. */
export async function gzipStarted({ start, rest }: StartedText): Promise<Buffer> {
  const head = await start.packed();
  const tail = await compress(rest, constants.Z_FINISH, head.crc);
  const end = Buffer.alloc(8);
  end.writeUInt32LE(tail.crc, 0);
  end.writeUInt32LE((head.bytes + tail.bytes) % 2 ** 32, 4);
  return Buffer.concat([gzipHead, head.blocks, tail.blocks, end]);
}
