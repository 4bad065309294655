# shellcheck shell=sh
# Sourced by the hooks: how they speak, and what they check. POSIX sh, for azd runs them by it.

say() { printf '%s\n' "$*"; }

fail() {
  printf 'monerocloud: %s\n' "$*" >&2
  exit 1
}

# need COMMAND WHERE: is it there?
need() {
  command -v "$1" >/dev/null 2>&1 || fail "$1 is missing: $2"
}

# setting NAME: its value must be there; azd hands the environment's values to hooks as variables.
setting() {
  eval "value=\${$1:-}"
  # shellcheck disable=SC2154 # eval sets it
  [ -n "$value" ] || fail "$1 is not set: run this by azd ('azd provision', 'azd hooks run postprovision'), which sets it"
}

# Words of a list with commas, one a line, without blanks around them.
words() {
  printf '%s' "$1" | tr ',' '\n' | sed 's/^[[:space:]]*//; s/[[:space:]]*$//'
}

# check_list NAME VALUE: a list with commas has no empty word; the template would make something of it.
check_list() {
  case ,$(printf '%s' "$2" | tr -d '[:space:]'), in
    *,,*) fail "$1 is '$2': a comma stands between two names, and nowhere else" ;;
  esac
}

# is_agent_name NAME: as core/Nodes has it.
is_agent_name() {
  case $1 in
    '' | -* | *[!a-z0-9-]*) return 1 ;;
  esac
  [ ${#1} -le 39 ]
}

# check_agents: AGENT_IDS, every name of it.
check_agents() {
  seen=' '
  count=0
  [ -n "${AGENT_IDS:-}" ] || return 0
  check_list AGENT_IDS "$AGENT_IDS"
  # A last word without a line's end is one too.
  while IFS= read -r agent || [ -n "$agent" ]; do
    is_agent_name "$agent" ||
      fail "AGENT_IDS has '$agent': a name is 1 to 39 of a-z, 0-9 and '-', beginning with a letter or a digit, and commas stand between names"
    case $agent in
      remote | monitor) fail "AGENT_IDS has '$agent': this name stands for something else, and no agent can have it" ;;
    esac
    case $seen in
      *" $agent "*) fail "AGENT_IDS has '$agent' twice" ;;
    esac
    seen="$seen$agent "
    count=$((count + 1))
  done <<EOF
$(words "$AGENT_IDS")
EOF
  [ "$count" -le 300 ] || fail "AGENT_IDS has $count agents: one deployment takes at most 300"
}

# check_secrets: SECRET_SETTINGS, every name of it.
check_secrets() {
  seen=' '
  count=0
  [ -n "${SECRET_SETTINGS:-}" ] || return 0
  check_list SECRET_SETTINGS "$SECRET_SETTINGS"
  while IFS= read -r name || [ -n "$name" ]; do
    case $name in
      MONITOR_SIGNING_KEY_OTHER | OPERATOR_KEY_OLD | VIEWER_KEY_OLD) ;;
      ALERT_?* | NODE_LOGIN_?*)
        case ${name#*_} in
          *[!A-Z0-9_]*) fail "SECRET_SETTINGS has '$name': only A-Z, 0-9 and '_' stand in a name" ;;
        esac
        [ ${#name} -le 110 ] || fail "SECRET_SETTINGS has a name of ${#name} characters: at most 110 are allowed"
        ;;
      *) fail "SECRET_SETTINGS has '$name': allowed are ALERT_..., NODE_LOGIN_..., MONITOR_SIGNING_KEY_OTHER, OPERATOR_KEY_OLD and VIEWER_KEY_OLD" ;;
    esac
    case $seen in
      *" $name "*) fail "SECRET_SETTINGS has '$name' twice" ;;
    esac
    seen="$seen$name "
    count=$((count + 1))
  done <<EOF
$(words "$SECRET_SETTINGS")
EOF
  [ "$count" -le 50 ] || fail "SECRET_SETTINGS has $count names: at most 50 are allowed"
}

# azure ARGUMENTS...: the Azure CLI, in the environment's subscription whichever is its own, without its advertisements.
azure() { az "$@" --subscription "$AZURE_SUBSCRIPTION_ID" --only-show-errors; }

# secret_of SETTING: what its secret is called in the vault; modules/app.bicep has the same rule.
secret_of() {
  printf '%s' "$1" | tr 'A-Z_' 'a-z-'
}
