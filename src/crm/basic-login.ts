/** Base64 of a text's UTF-8 bytes. */
export const base64 = (text: string): string => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

/** The header of RFC 7617. */
export const basicLogin = (username: string, password: string): string => `Basic ${base64(`${username}:${password}`)}`;
