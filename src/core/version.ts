/** The library's version, written into every model; the same as in package.json, which a test checks. */
export const VERSION = '0.1.0';
