/** Where a directive may stand: m main, e events, h http, s server, l location, t types. */
type Places = string

/** Directives with an effect here (or none that could be seen in a lab). */
const simulated: Readonly<Record<string, Places>> = {
  user: 'm',
  worker_processes: 'm',
  error_log: 'mhsl',
  pid: 'm',
  daemon: 'm',
  events: 'm',
  http: 'm',
  worker_rlimit_nofile: 'm',
  worker_connections: 'e',
  multi_accept: 'e',
  use: 'e',
  types: 'hsl',
  default_type: 'hsl',
  log_format: 'h',
  access_log: 'hsl',
  sendfile: 'hsl',
  tcp_nopush: 'hsl',
  tcp_nodelay: 'hsl',
  keepalive_timeout: 'hsl',
  types_hash_max_size: 'hsl',
  server_names_hash_bucket_size: 'h',
  server_tokens: 'hsl',
  charset: 'hsl',
  client_max_body_size: 'hsl',
  server: 'h',
  listen: 's',
  server_name: 's',
  root: 'hsl',
  index: 'hsl',
  error_page: 'hsl',
  location: 'sl',
  alias: 'l',
  return: 'sl',
  try_files: 'sl',
  deny: 'hsl',
  allow: 'hsl',
  add_header: 'hsl',
  internal: 'l',
  stub_status: 'sl',
  log_not_found: 'hsl',
  client_body_timeout: 'hs',
  client_header_timeout: 'hs',
  send_timeout: 'hsl',
  worker_shutdown_timeout: 'm',
}

/** Directives of the real program that Grace does not model. */
const unsimulated: Readonly<Record<string, Places>> = {
  load_module: 'm',
  stream: 'm',
  mail: 'm',
  env: 'm',
  upstream: 'h',
  map: 'h',
  geo: 'h',
  proxy_pass: 'l',
  proxy_set_header: 'hsl',
  proxy_read_timeout: 'hsl',
  proxy_http_version: 'hsl',
  fastcgi_pass: 'l',
  rewrite: 'sl',
  if: 'sl',
  set: 'sl',
  auth_basic: 'hsl',
  auth_basic_user_file: 'hsl',
  autoindex: 'hsl',
  expires: 'hsl',
  gzip: 'hsl',
  gzip_types: 'hsl',
  ssl_certificate: 'hs',
  ssl_certificate_key: 'hs',
  ssl_protocols: 'hs',
  limit_req: 'hsl',
  limit_req_zone: 'h',
  limit_conn: 'hsl',
  resolver: 'hsl',
  sub_filter: 'hsl',
  satisfy: 'hsl',
  echo: '',
  lua: '',
  proxy_buffering: 'hsl',
  proxy_cache: 'hsl',
  proxy_cache_path: 'h',
  rewrite_log: 'hsl',
}

export type Known = 'simulated' | 'not-simulated' | 'misplaced' | 'unknown'

/** Whether nginx knows the directive, and whether it may stand here. */
export function knownDirective(name: string, where: 'm' | 'e' | 'h' | 's' | 'l'): Known {
  const places = simulated[name] ?? unsimulated[name]
  if (places === undefined || places === '') return 'unknown'
  if (!places.includes(where)) return 'misplaced'
  // gzip only compresses for clients that ask for it, and none here does.
  return Object.hasOwn(simulated, name) || name.startsWith('gzip') ? 'simulated' : 'not-simulated'
}
