#!/bin/sh
# azd runs it before it provisions anything: what would fail later, or half-way, is refused here.
set -eu
cd "$(dirname "$0")/../.."
. infra/hooks/shared.sh

# check_switch NAME: true, false, or not set.
check_switch() {
  eval "value=\${$1:-}"
  case $value in
    '' | true | false) ;;
    *) fail "$1 is '$value': it has to be true or false" ;;
  esac
}

# check_number NAME LEAST MOST: a whole number, or not set.
check_number() {
  eval "value=\${$1:-}"
  case $value in
    '') return 0 ;;
    *[!0-9]* | ???????*) ;;
    *) [ "$value" -lt "$2" ] || [ "$value" -gt "$3" ] || return 0 ;;
  esac
  fail "$1 is '$value': it has to be a number from $2 to $3"
}

check_subnet() {
  [ -n "${EXISTING_SUBNET_ID:-}" ] || return 0
  [ "${VNET_ENABLED:-false}" = true ] || fail "EXISTING_SUBNET_ID is set and VNET_ENABLED is not true: the app would not join it"
  case $EXISTING_SUBNET_ID in
    /subscriptions/*/providers/Microsoft.Network/virtualNetworks/*/subnets/*) ;;
    *) fail "EXISTING_SUBNET_ID is '$EXISTING_SUBNET_ID': it has to be a subnet's resource id, /subscriptions/.../virtualNetworks/NAME/subnets/NAME" ;;
  esac
  case ${EXISTING_SUBNET_ID##*/} in
    '' | *_*) fail "EXISTING_SUBNET_ID ends with '${EXISTING_SUBNET_ID##*/}': Flex Consumption takes no subnet with an underscore in its name" ;;
  esac
}

check_mail() {
  [ -n "${ALERT_EMAILS:-}" ] || return 0
  check_list ALERT_EMAILS "$ALERT_EMAILS"
  for address in $(words "$ALERT_EMAILS"); do
    case $address in
      *@*@* | @* | *@ | *[!A-Za-z0-9@._+-]*) ;;
      *@*) continue ;;
    esac
    fail "ALERT_EMAILS has '$address': it has to be a mail address"
  done
}

# By this provider Flex Consumption joins networks, and nothing registers it by itself.
check_provider() {
  [ "${VNET_ENABLED:-false}" = true ] || return 0
  state=$(azure provider show --namespace Microsoft.App --query registrationState --output tsv) || fail 'the provider Microsoft.App could not be asked for; the Azure CLI said why, above'
  [ "$state" = Registered ] || fail "the provider Microsoft.App is '$state': 'az provider register --namespace Microsoft.App --wait --subscription $AZURE_SUBSCRIPTION_ID'"
}

check_prefix() {
  case ${VNET_ADDRESS_PREFIX:-10.20.0.0/24} in
    *.*.*.*/1[6-9] | *.*.*.*/2[0-6]) ;;
    *) fail "VNET_ADDRESS_PREFIX is '$VNET_ADDRESS_PREFIX': it has to be a range of /16 to /26, such as 10.20.0.0/24" ;;
  esac
}

need az 'https://learn.microsoft.com/cli/azure/install-azure-cli'
need azd 'https://aka.ms/azd-install'
need dotnet 'the .NET SDK 10, https://dotnet.microsoft.com/download'
need openssl 'it makes the keys'
setting AZURE_SUBSCRIPTION_ID
azure account show --output none || fail "the Azure CLI has no access to subscription $AZURE_SUBSCRIPTION_ID: 'az login', as the one who also did 'azd auth login'"

check_agents
check_secrets
check_mail
check_switch EMAIL_ENABLED
check_switch VNET_ENABLED
check_switch RECOVER_VAULT
check_number MAXIMUM_INSTANCE_COUNT 40 1000
check_number ALWAYS_READY_HTTP 0 10
check_number LOG_DAILY_CAP_GB 1 100
check_number LOG_RETENTION_DAYS 30 730
check_subnet
check_prefix
check_provider
say "preflight: all is well; agents: ${AGENT_IDS:-none}; secret settings: ${SECRET_SETTINGS:-none}"
