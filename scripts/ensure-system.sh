#!/bin/sh
# Brings what the tests need beside Node: a Redis server, openssl, and a Chromium for the browser tests. What is only
# compared or distorted with (an Alertmanager, faketime) is brought where it can be had; its tests say when it is not.
# MC_SKIP_BROWSER=1 leaves the browser out; MC_CHROMIUM names one that is not on the PATH.
set -eu

has() { command -v "$1" >/dev/null 2>&1; }

missing=""
has redis-server || missing="$missing redis-server"
has openssl || missing="$missing openssl"
if [ -z "${MC_SKIP_BROWSER:-}" ] && [ -z "${MC_CHROMIUM:-}" ]; then
  has chromium || has chromium-browser || has google-chrome || missing="$missing chromium"
fi
wished=""
has prometheus-alertmanager || wished="$wished prometheus-alertmanager"
has faketime || wished="$wished faketime"
[ -n "$missing$wished" ] || exit 0

if has apt-get && [ "$(id -u)" = 0 ]; then
  echo "Installing for the tests:$missing$wished"
  export DEBIAN_FRONTEND=noninteractive
  # A machine without a network may still have all that is needed.
  apt-get update -qq || [ -z "$missing" ]
  # Word splitting is wanted: one argument a package. No recommended packages, nothing starts by itself.
  # shellcheck disable=SC2086
  [ -z "$missing" ] || apt-get install -y -qq --no-install-recommends $missing >/dev/null
  # shellcheck disable=SC2086
  [ -z "$wished" ] || apt-get install -y -qq --no-install-recommends $wished >/dev/null ||
    echo "Without$wished: the tests that compare with it are left out." >&2
  exit 0
fi

[ -n "$missing" ] || exit 0
echo "The tests need what this machine lacks:$missing" >&2
echo "  Debian, Ubuntu   sudo apt-get install$missing" >&2
echo "  Fedora           sudo dnf install$(echo "$missing" | sed 's/redis-server/redis/')" >&2
echo "  macOS            brew install$(echo "$missing" | sed 's/redis-server/redis/')" >&2
echo "Without a browser: MC_SKIP_BROWSER=1 npm test. A browser elsewhere: MC_CHROMIUM=/path/to/chrome npm test." >&2
exit 1
