/** The version the image contains, as its pages and headers name it. */
export const nginxVersion = '1.22.1'

export const reasons: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'No Content',
  206: 'Partial Content',
  301: 'Moved Permanently',
  302: 'Moved Temporarily',
  303: 'See Other',
  304: 'Not Modified',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Not Allowed',
  408: 'Request Timeout',
  409: 'Conflict',
  413: 'Request Entity Too Large',
  414: 'Request-URI Too Large',
  415: 'Unsupported Media Type',
  416: 'Requested Range Not Satisfiable',
  421: 'Misdirected Request',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Temporarily Unavailable',
  504: 'Gateway Time-out',
  505: 'HTTP Version Not Supported',
  507: 'Insufficient Storage',
}

/** nginx's built-in page for a code; codes it has none for get an empty body. */
export function builtInPage(code: number, tokens: boolean): string | undefined {
  const reason = reasons[code]
  if (code < 300 || code === 304 || reason === undefined) return undefined
  const title = `${code} ${reason}`
  return (
    `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n`
    + `<center><h1>${title}</h1></center>\r\n`
    + `<hr><center>${serverName(tokens)}</center>\r\n</body>\r\n</html>\r\n`
  )
}

export function serverName(tokens: boolean): string {
  return tokens ? `nginx/${nginxVersion}` : 'nginx'
}
