# shellcheck shell=bash
# Sourced: what a script needs from the system, installed where that is allowed, else named.

need_dotnet() {
  if ! command -v dotnet >/dev/null; then
    echo "The .NET SDK 10 is missing: https://learn.microsoft.com/dotnet/core/install/linux-debian" >&2
    return 1
  fi
}

# need PROBE PACKAGE...: installs the packages unless the probe (a command's name or an absolute file) is there.
need() {
  local probe=$1
  shift
  if [[ $probe == /* && -e $probe ]] || command -v "$probe" >/dev/null; then
    return 0
  fi

  local as_root=()
  if ((EUID != 0)); then
    as_root=(sudo)
    # Without a terminal sudo must not ask.
    [[ -t 0 ]] || as_root+=(-n)
  fi

  if ! command -v apt-get >/dev/null || { ((EUID != 0)) && ! "${as_root[@]}" true 2>/dev/null; }; then
    echo "$probe is missing. On Debian and Ubuntu:" >&2
    echo "  sudo sh -c 'apt-get update && apt-get install -y --no-install-recommends $*'" >&2
    return 1
  fi

  echo "Installing: $*" >&2
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive sh -c '
    apt-get update -qq && exec apt-get install -y -qq --no-install-recommends "$@"' apt "$@" </dev/null >&2
}

need_monero() { need monero-wallet-rpc monero && need monerod monero; }

# The shells that the command line completes itself in.
need_shells() { need zsh zsh && need fish fish; }

# A mail server for the tests, in Debian's own Python.
need_smtp() { need /usr/lib/python3/dist-packages/aiosmtpd/__init__.py python3-aiosmtpd; }

# Prometheus with promtool, and the reader of its own Python client. The tests start one of their own and leave the system's off.
need_prometheus() {
  need /usr/lib/python3/dist-packages/prometheus_client/openmetrics/parser.py python3-prometheus-client || return 1
  command -v promtool >/dev/null && return 0
  need promtool prometheus || return 1
  if [[ -d /run/systemd/system ]]; then
    echo "The system's own prometheus was installed with it; nothing here needs it: sudo systemctl disable --now prometheus" >&2
  fi
}

# A browser for the tests of the pages.
need_chromium() { need chromium chromium; }

# need_npm NAME: installs what tests/NAME names, of the very versions that its lock file has.
need_npm() {
  local lock=tests/$1/package-lock.json installed=tests/$1/node_modules/.installed
  if cmp -s "$lock" "$installed"; then
    return 0
  fi

  need node nodejs && need npm npm || return 1
  echo "Installing: $1" >&2
  npm ci --prefix "tests/$1" --loglevel=error </dev/null >&2 || return 1
  cp "$lock" "$installed"
}

need_azurite() { need_npm azurite; }

need_servicebus_js() { need_npm servicebus-js; }

# A broker for the tests, which starts one of its own and leaves the system's off.
need_rabbitmq() {
  [[ -e /usr/lib/rabbitmq/bin/rabbitmq-server ]] && return 0
  need /usr/lib/rabbitmq/bin/rabbitmq-server rabbitmq-server || return 1
  if [[ -d /run/systemd/system ]]; then
    echo "The system's own rabbitmq-server was installed with it; nothing here needs it: sudo systemctl disable --now rabbitmq-server" >&2
  fi
}

need_adaptivecards() { need_npm adaptivecards; }
