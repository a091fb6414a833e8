/** What a property list can hold, as far as launchd agents need it. */
export type PropertyValue =
  string | number | boolean | readonly PropertyValue[] | { readonly [key: string]: PropertyValue };

const TOKEN = /\s*(?:<!--[^]*?-->|<\?[^]*?\?>|<!DOCTYPE[^>]*>|<(\/?)([a-z]+)(?: [^<>]*?)?(\/?)>|([^<]+))/y;

interface Token {
  /** `dict`, `/dict`, `true/`; `#` for text. */
  readonly name: string;
  readonly text: string;
}

/** Reads an XML property list, strictly: whatever launchd would not take is an error that names it. */
export function readPropertyList(xml: string): PropertyValue {
  const tokens = tokensOf(xml);
  const next = (): Token => tokens.shift() ?? { name: 'the end', text: '' };
  const take = (name: string): Token => {
    const token = next();
    if (token.name !== name) throw new Error(`expected ${name}, found ${token.name} "${token.text}"`);
    return token;
  };
  const textUntil = (end: string): string => {
    const text = tokens[0]?.name === '#' ? next().text : '';
    take(end);
    return text;
  };
  const value = (): PropertyValue => {
    const { name } = next();
    switch (name) {
      case 'string':
        return textUntil('/string');
      case 'integer': {
        const text = textUntil('/integer');
        if (!/^-?\d+$/.test(text)) throw new Error(`no integer: "${text}"`);
        return Number(text);
      }
      case 'true/':
      case 'false/':
        return name === 'true/';
      case 'array': {
        const items: PropertyValue[] = [];
        while (tokens[0]?.name !== '/array') items.push(value());
        take('/array');
        return items;
      }
      case 'dict': {
        const entries = new Map<string, PropertyValue>();
        while (tokens[0]?.name !== '/dict') {
          take('key');
          const key = textUntil('/key');
          if (key === '' || entries.has(key)) throw new Error(`key "${key}" is empty or twice`);
          entries.set(key, value());
        }
        take('/dict');
        return Object.fromEntries(entries);
      }
      default:
        throw new Error(`no value: ${name}`);
    }
  };
  take('plist');
  const list = value();
  take('/plist');
  if (tokens.length > 0) throw new Error(`something after the list: ${tokens[0]?.name ?? ''}`);
  return list;
}

function tokensOf(xml: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  for (let rest = xml.trimEnd(), at = 0; at < rest.length; at = TOKEN.lastIndex) {
    const match = TOKEN.exec(rest);
    if (match === null) throw new Error(`not XML at ${rest.slice(at, at + 40)}`);
    const [, close = '', name, self = '', text] = match;
    if (name !== undefined) tokens.push({ name: `${close}${name}${self}`, text: '' });
    else if (text !== undefined) tokens.push({ name: '#', text: unescaped(text) });
  }
  return tokens;
}

function unescaped(text: string): string {
  const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
  return text.replace(/&([^;]*);/g, (whole, name: string) => {
    const character = entities[name];
    if (character === undefined) throw new Error(`unknown entity ${whole}`);
    return character;
  });
}
