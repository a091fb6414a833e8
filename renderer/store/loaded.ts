/** Something asked of the core: on its way, refused or not reached, or here. */
export type Loaded<T> =
  { readonly kind: 'loading' } | { readonly kind: 'failed' } | { readonly kind: 'ready'; readonly value: T };

export const LOADING = { kind: 'loading' } as const;
export const FAILED = { kind: 'failed' } as const;

export function ready<T>(value: T): Loaded<T> {
  return { kind: 'ready', value };
}
