/**
 * How a decoder is asked for a text that is there at once. From 20.18.3 and 22.13.0 on, Node takes windows-1252 for Latin-1 then and
 * makes controls of € and ’ (nodejs/node#60888), but not in a stream; a charset of one byte leaves nothing over for a next piece.
 */
export const wholeText = (encoding: string): { readonly stream: boolean } => ({ stream: encoding === 'windows-1252' });
