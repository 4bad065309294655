#!/bin/sh
# azd runs it before it packs the program: a monitor.json that the monitor would refuse is not deployed.
set -eu
cd "$(dirname "$0")/../.."
. infra/hooks/shared.sh

if [ ! -e monitor.json ]; then
  say 'config check: there is no monitor.json, so that everything has its default'
  exit 0
fi

# check PROGRAM...: with no environment but what a program needs. azd's values, and a shell's, are no settings of the monitor; and so
# the check tells of each secret that monitor.json names, that it is not set.
check() {
  env -i PATH="$PATH" HOME="$HOME" ${DOTNET_ROOT:+DOTNET_ROOT="$DOTNET_ROOT"} DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 \
    "$@" config check --monitor monitor.json 2>&1
}

if command -v monerocloud >/dev/null 2>&1; then
  set -- monerocloud
else
  need dotnet 'the .NET SDK 10, https://dotnet.microsoft.com/download'
  set -- dotnet run --project agent -c Release --verbosity quiet --
fi

if ! told=$(check "$@"); then
  printf '%s\n' "$told" >&2
  fail 'monitor.json is refused, see above: nothing is packed'
fi
printf '%s\n' "$told" | grep -v ' is not set' || true

check_secrets
missing=
for name in $(printf '%s\n' "$told" | sed -nE 's/.*[^A-Z0-9_]((ALERT|NODE_LOGIN)_[A-Z0-9_]+) is not set.*/\1/p' | sort -u); do
  case ",$(words "${SECRET_SETTINGS:-}" | tr '\n' ',')," in
    *",$name,"*) ;;
    *) missing="$missing $name" ;;
  esac
done
[ -z "$missing" ] || fail "monitor.json names secrets that are no settings of the app:$missing. 'azd env set SECRET_SETTINGS NAME,NAME,...', and docs/deploy.md, \"Secrets\""
