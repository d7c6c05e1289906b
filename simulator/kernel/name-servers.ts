/** Whom the node itself asks for names, as errors of lookups name it. */
export const nodeNameServer = '10.0.0.2:53'
