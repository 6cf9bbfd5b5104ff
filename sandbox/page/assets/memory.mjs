/**
 * What this browser was told before; undefined if it keeps nothing, or something that isn't allowed any more.
 * @param {string} key
 * @param {readonly string[]} allowed
 */
export function remembered(key, allowed) {
  try {
    const value = localStorage.getItem(`sluice.${key}`);
    return value !== null && allowed.includes(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * @param {string} key
 * @param {string} value
 */
export function remember(key, value) {
  try {
    localStorage.setItem(`sluice.${key}`, value);
  } catch {
    // A browser that keeps nothing: the choice holds until the page is left.
  }
}
