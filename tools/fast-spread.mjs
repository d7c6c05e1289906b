/**
 * How the simulator's bundle writes `{ ...a, b }`: as Object.assign. V8 (seen in Node 20) gives the
 * object that a spread begins a hidden class of its own for each property that follows, anew each
 * time: 230 in one what-if cell, a quarter of its time, and nothing that reads them stays fast.
 */
export const spreadSupport = { 'object-rest-spread': false }

const values = 'var __spreadValues = (a, b) => {'
const props = 'var __spreadProps = (a, b) => __defProps(a, __getOwnPropDescs(b));'

/** Puts Object.assign in the place of esbuild's helpers for object spread. */
export function withFastSpread(code) {
  for (const part of [values, props]) {
    if (code.split(part).length !== 2) {
      throw new Error(`esbuild writes object spread in other words than "${part}"`)
    }
  }
  return code
    // To assign `__proto__` is to set the prototype: a text that names it takes the exact way.
    .replace(values, `var __spreadValues = (a, b) => b != null && Object.hasOwn(b, "__proto__")
  ? __spreadExactly(a, b) : Object.assign(a, b);
var __spreadExactly = (a, b) => {`)
    // The second is a literal as written; a test sees to it that none has accessors.
    .replace(props, 'var __spreadProps = (a, b) => Object.assign(a, b);')
}
