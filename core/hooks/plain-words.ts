/** Letters that steer a terminal or turn the direction of writing around. */
// eslint-disable-next-line no-control-regex -- these are the letters to be taken out
const STEERING = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * One line that a hook may print as it is and cut out of JSON without reading escapes: no quotes, no backslashes,
 * nothing that steers a terminal. At most 500 letters.
 */
export function plainWords(text: string): string {
  const tidy = text.replace(STEERING, ' ').replaceAll('"', "'").replaceAll('\\', '/');
  const short = tidy.replace(/ {2,}/g, ' ').trim().slice(0, 500);
  // Half a letter would be written as an escape.
  return Buffer.from(short, 'utf8').toString('utf8');
}
