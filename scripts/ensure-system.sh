#!/bin/sh
# Brings what the tests need beside Node: a Redis server, openssl, and a Chromium for the browser tests.
# MC_SKIP_BROWSER=1 leaves the browser out; MC_CHROMIUM names one that is not on the PATH.
set -eu

has() { command -v "$1" >/dev/null 2>&1; }

missing=""
has redis-server || missing="$missing redis-server"
has openssl || missing="$missing openssl"
if [ -z "${MC_SKIP_BROWSER:-}" ] && [ -z "${MC_CHROMIUM:-}" ]; then
  has chromium || has chromium-browser || has google-chrome || missing="$missing chromium"
fi
[ -n "$missing" ] || exit 0

if has apt-get && [ "$(id -u)" = 0 ]; then
  echo "Installing for the tests:$missing"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  # Word splitting is wanted: one argument a package. No recommended packages, nothing starts by itself.
  # shellcheck disable=SC2086
  apt-get install -y -qq --no-install-recommends $missing >/dev/null
  exit 0
fi

echo "The tests need what this machine lacks:$missing" >&2
echo "  Debian, Ubuntu   sudo apt-get install$missing" >&2
echo "  Fedora           sudo dnf install$(echo "$missing" | sed 's/redis-server/redis/')" >&2
echo "  macOS            brew install$(echo "$missing" | sed 's/redis-server/redis/')" >&2
echo "Without a browser: MC_SKIP_BROWSER=1 npm test. A browser elsewhere: MC_CHROMIUM=/path/to/chrome npm test." >&2
exit 1
