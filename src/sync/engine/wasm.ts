// The little of WebAssembly that is used here; Node has it, its types do not.
declare namespace WebAssembly {
  interface Memory {
    readonly buffer: ArrayBuffer;
    grow(pages: number): number;
  }
  class Module {
    constructor(bytes: Uint8Array);
  }
  class Instance {
    constructor(module: Module, imports: Readonly<Record<string, Readonly<Record<string, unknown>>>>);
    readonly exports: unknown;
  }
}

export type Memory = WebAssembly.Memory;

const pageBytes = 65_536;

export const instantiate = (base64: string, env: Readonly<Record<string, unknown>>): unknown =>
  new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(base64, 'base64')), { env }).exports;

/** What is read sixteen bytes at a time begins at a multiple of them. */
export const aligned = (at: number): number => Math.ceil(at / 16) * 16;

/** Makes room up to `end`; arrays on the buffer that there was are of no use afterwards. */
export const ensure = (memory: Memory, end: number): void => {
  const missing = end - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / pageBytes));
};
