// The start-up scripts of the nginx image: our own words for what the official ones do, with their
// messages. While they run, PID 1 is a shell without handlers.

export const entrypoint = `#!/bin/sh
# Runs what lies in /docker-entrypoint.d, then becomes the command it was given.

set -e

say() {
    if [ -z "\${NGINX_ENTRYPOINT_QUIET_LOGS:-}" ]; then
        echo "$@"
    fi
}

if [ "$1" = "nginx" ] || [ "$1" = "nginx-debug" ]; then
    if find "/docker-entrypoint.d/" -mindepth 1 -maxdepth 1 -type f -print -quit | read v; then
        say "$0: /docker-entrypoint.d/ is not empty, will attempt to perform configuration"
        say "$0: Looking for shell scripts in /docker-entrypoint.d/"

        find "/docker-entrypoint.d/" -follow -type f -print | sort -V | while read -r f; do
            case "$f" in
                *.envsh)
                    if [ -x "$f" ]; then
                        say "$0: Sourcing $f"
                        . "$f"
                    else
                        say "$0: Ignoring $f, not executable"
                    fi
                    ;;
                *.sh)
                    if [ -x "$f" ]; then
                        say "$0: Launching $f"
                        "$f"
                    else
                        say "$0: Ignoring $f, not executable"
                    fi
                    ;;
                *) say "$0: Ignoring $f" ;;
            esac
        done

        say "$0: Configuration complete; ready for start up"
    else
        say "$0: No files found in /docker-entrypoint.d/, skipping configuration"
    fi
fi

exec "$@"
`

const quiet = `say() {
    if [ -z "\${NGINX_ENTRYPOINT_QUIET_LOGS:-}" ]; then
        echo "$@"
    fi
}
`

export const listenOnIpv6 = `#!/bin/sh
# Adds an IPv6 listener to the packaged default server, if nobody has changed that.

set -e

${quiet}
ME=$(basename "$0")
DEFAULT_CONF_FILE="etc/nginx/conf.d/default.conf"

if [ ! -f "/$DEFAULT_CONF_FILE" ]; then
    say "$ME: info: /$DEFAULT_CONF_FILE is not a file or does not exist"
    exit 0
fi

if ! touch "/$DEFAULT_CONF_FILE" 2>/dev/null; then
    say "$ME: info: can not modify /$DEFAULT_CONF_FILE (read-only file system?)"
    exit 0
fi

if grep -q "listen  *\\[::]:80;" "/$DEFAULT_CONF_FILE"; then
    say "$ME: info: IPv6 listen already enabled"
    exit 0
fi

say "$ME: info: Getting the checksum of /$DEFAULT_CONF_FILE"

PACKAGED=$(grep "/$DEFAULT_CONF_FILE " /var/lib/dpkg/status | cut -d' ' -f 3)
ACTUAL=$(md5sum "/$DEFAULT_CONF_FILE" | cut -d' ' -f 1)
if [ "$PACKAGED" != "$ACTUAL" ]; then
    say "$ME: info: /$DEFAULT_CONF_FILE differs from the packaged version"
    exit 0
fi

sed -i -E 's,listen       80;,listen       80;\\n    listen  [::]:80;,' "/$DEFAULT_CONF_FILE"
say "$ME: info: Enabled listen on IPv6 in /$DEFAULT_CONF_FILE"
`

export const localResolvers = `#!/bin/sh
# Offers the name servers of /etc/resolv.conf to templates, on request.

set -eu

if [ -z "\${NGINX_ENTRYPOINT_LOCAL_RESOLVERS:-}" ]; then
    return 0
fi

NGINX_LOCAL_RESOLVERS=$(grep '^nameserver' /etc/resolv.conf | cut -d' ' -f 2 | tr '\\n' ' ')
export NGINX_LOCAL_RESOLVERS
`

export const substituteTemplates = `#!/bin/sh
# Fills the variables of /etc/nginx/templates/*.template in.

set -e

${quiet}
ME=$(basename "$0")
templates="\${NGINX_ENVSUBST_TEMPLATE_DIR:-/etc/nginx/templates}"
suffix="\${NGINX_ENVSUBST_TEMPLATE_SUFFIX:-.template}"
output="\${NGINX_ENVSUBST_OUTPUT_DIR:-/etc/nginx/conf.d}"

[ -d "$templates" ] || exit 0
find "$templates" -follow -type f -name "*$suffix" -print | while read -r template; do
    name=$(basename "$template" "$suffix")
    say "$ME: Running envsubst on $template to $output/$name"
    envsubst < "$template" > "$output/$name"
done
`

export const tuneWorkers = `#!/bin/sh
# Sets the number of workers from the CPU limit, on request.

set -eu

if [ -z "\${NGINX_ENTRYPOINT_WORKER_PROCESSES_AUTOTUNE:-}" ]; then
    exit 0
fi

ME=$(basename "$0")
echo "$ME: error: NGINX_ENTRYPOINT_WORKER_PROCESSES_AUTOTUNE is not simulated in Grace" >&2
exit 1
`

/** The package's own checksum: the image's file has been changed since, as the log says. */
export const packageStatus = `Package: nginx
Status: install ok installed
Version: 1.22.1-1~bookworm
Conffiles:
 /etc/nginx/conf.d/default.conf 3ac1a87ac2a3b2b4c9d8d5c1d6a0d0bd
 /etc/nginx/mime.types 754582375e90b09edaa6d3dbd657b3cf
 /etc/nginx/nginx.conf 1bee32b6f3c6e9e8a1e7a0b2c2c0b5d1
`
