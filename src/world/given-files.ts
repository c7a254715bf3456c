import { readFile } from 'node:fs/promises';

/** Files whose content came along with a request from another machine; they lie on no disk of this one. */
const given = new Map<string, string>();

export const giveFile = (name: string, text: string): void => {
  given.set(name, text);
};

/** The text of a file of the configuration, one character a byte. */
export const fileText = async (name: string): Promise<string> => given.get(name) ?? readFile(name, 'latin1');
