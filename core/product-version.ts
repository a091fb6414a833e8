/** As package.json has it; a test holds the two together. Written here so that no bundle carries that file. */
export const PRODUCT_VERSION = '0.1.0';
