/** Either a value or an error of a closed set: what a function returns that can fail for reasons a user can mend. */
export type Result<T, E> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

/** A success. */
export const ok = <T>(value: T): Result<T, never> => ({ ok: true, value });
/** A failure. */
export const err = <E>(error: E): Result<never, E> => ({ ok: false, error });
