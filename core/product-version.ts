import packageJson from '../package.json' with { type: 'json' };

/** The version of package.json, the only place it is written. */
export const PRODUCT_VERSION: string = packageJson.version;
