#!/bin/sh
# azd runs it after it provisioned: makes the keys that are not there yet, and one file an agent. A key that is there is never replaced, however often
# this runs. No value of a key is on a command line, in an output or in a file that others may read.
set -eu
cd "$(dirname "$0")/../.."
. infra/hooks/shared.sh

# Roles need a while until they hold: so often is asked, 15 s apart, 10 minutes in all.
tries=40

umask 077
work=$(mktemp -d)
# shellcheck disable=SC2317,SC2329 # called by a trap
leave() { rm -rf "$work"; }
trap leave EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# has SECRET: 0 it is in the vault, 1 it is not. Whatever else the vault says ends the hook: in doubt nothing is made.
has() {
  left=$tries
  while :; do
    if azure keyvault secret show --vault-name "$AZURE_KEY_VAULT_NAME" --name "$1" --query id --output tsv >"$work/id" 2>"$work/error"; then
      [ -s "$work/id" ] || fail "vault $AZURE_KEY_VAULT_NAME: the answer about secret $1 is empty"
      return 0
    fi
    if grep -q 'SecretNotFound' "$work/error"; then
      return 1
    fi
    left=$((left - 1))
    if [ "$left" -le 0 ] || ! grep -qiE 'ForbiddenByRbac|is not authorized to perform action|getaddrinfo|Failed to resolve|Name or service not known' "$work/error"; then
      cat "$work/error" >&2
      fail "vault $AZURE_KEY_VAULT_NAME could not be asked for secret $1, so that no key was made. Run 'azd hooks run postprovision' when the reason above is gone"
    fi
    [ "$left" -ne $((tries - 1)) ] || say "vault $AZURE_KEY_VAULT_NAME does not let us in yet; a new role takes a few minutes"
    sleep 15
  done
}

# make SECRET: a new value of its kind into $work/SECRET.
make() {
  case $1 in
    monitor-signing-key) openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$work/$1" 2>"$work/error" ;;
    # 264 bits, as a header can carry them; no line's end, which would be part of the key.
    *) openssl rand -base64 33 2>"$work/error" | tr '+/' '-_' | tr -d '\n' >"$work/$1" ;;
  esac
  [ -s "$work/$1" ] || { cat "$work/error" >&2; fail "openssl could not make $1"; }
}

make_keys() {
  new=
  for secret in monitor-signing-key operator-key viewer-key; do
    if has "$secret"; then
      say "key: $secret is there, and stays"
    else
      new="$new $secret"
    fi
  done

  # All are made before the first is stored.
  for secret in $new; do
    make "$secret"
  done
  for secret in $new; do
    azure keyvault secret set --vault-name "$AZURE_KEY_VAULT_NAME" --name "$secret" --file "$work/$secret" --encoding utf-8 --output none ||
      fail "secret $secret could not be stored in vault $AZURE_KEY_VAULT_NAME. What was stored before stays; run 'azd hooks run postprovision' again. A secret of this name that was deleted is taken back by 'az keyvault secret recover --vault-name $AZURE_KEY_VAULT_NAME --name $secret'"
    rm -f "$work/$secret"
    say "key: $secret was made"
  done
}

# The platform asks the vault when settings change and once a day: what is new there is fetched at once. Each time, for a run may have been cut before it.
refresh() {
  az rest --method post --output none --only-show-errors \
    --url "/subscriptions/$AZURE_SUBSCRIPTION_ID/resourceGroups/$AZURE_RESOURCE_GROUP/providers/Microsoft.Web/sites/$AZURE_FUNCTION_NAME/config/configreferences/appsettings/refresh?api-version=2022-03-01" ||
    say "warning: app $AZURE_FUNCTION_NAME was not told to read the vault again. If keys are new: az functionapp restart --resource-group $AZURE_RESOURCE_GROUP --name $AZURE_FUNCTION_NAME"
}

# connection QUEUE RULE: the rule's connection string into $work/connection.
connection() {
  azure servicebus queue authorization-rule keys list --resource-group "$AZURE_RESOURCE_GROUP" --namespace-name "$SERVICEBUS_NAMESPACE" \
    --queue-name "$1" --name "$2" --query "${BUS_KEY:-primary}ConnectionString" --output tsv >"$work/connection" ||
    fail "the key of rule $2 of queue $1 could not be read, so that no agent's file was written"
  case $(cat "$work/connection") in
    *\"* | *\\* | '') fail "the key of rule $2 of queue $1 is no connection string, so that no agent's file was written" ;;
    Endpoint=sb://*SharedAccessKey=*) ;;
    *) fail "the key of rule $2 of queue $1 is no connection string, so that no agent's file was written" ;;
  esac
}

# All files, or none: they are moved into place when the last one is whole.
write_agents() {
  [ -n "${AGENT_IDS:-}" ] || { say 'agents: none; name them by "azd env set AGENT_IDS host-1,host-2", then "azd provision"'; return 0; }
  folder=.azure/$AZURE_ENV_NAME/agents
  mkdir -p "$folder"
  chmod 700 "$folder"
  mkdir "$work/agents"
  connection reports agents-send
  reports=$(cat "$work/connection")
  for agent in $(words "$AGENT_IDS"); do
    connection "commands-$agent" agent-listen
    printf '{"agent":"%s","monitor_url":"%s","reports_queue":"reports","commands_queue":"commands-%s","reports_bus":"%s","commands_bus":"%s"}\n' \
      "$agent" "$MONITOR_URL" "$agent" "$reports" "$(cat "$work/connection")" >"$work/agents/$agent.json"
  done
  for agent in $(words "$AGENT_IDS"); do
    # Beside it first: a move within a folder is whole or not at all.
    cp "$work/agents/$agent.json" "$folder/.$agent.json"
    chmod 600 "$folder/.$agent.json"
    mv "$folder/.$agent.json" "$folder/$agent.json"
    say "agent $agent: $folder/$agent.json, to be copied to its host and deleted here"
  done
}

for name in AZURE_ENV_NAME AZURE_SUBSCRIPTION_ID AZURE_RESOURCE_GROUP AZURE_FUNCTION_NAME AZURE_KEY_VAULT_NAME SERVICEBUS_NAMESPACE MONITOR_URL; do
  setting "$name"
done
need az 'https://learn.microsoft.com/cli/azure/install-azure-cli'
need openssl 'it makes the keys'
check_agents
check_secrets
case ${BUS_KEY:-primary} in
  primary | secondary) ;;
  *) fail "BUS_KEY is '$BUS_KEY': it has to be primary or secondary" ;;
esac

make_keys
for name in $(words "${SECRET_SETTINGS:-}"); do
  secret=$(secret_of "$name")
  has "$secret" || say "warning: $name has no value yet: az keyvault secret set --vault-name $AZURE_KEY_VAULT_NAME --name $secret --file FILE --encoding utf-8 --output none"
done
refresh
write_agents
say "the operator's key is shown by: az keyvault secret show --vault-name $AZURE_KEY_VAULT_NAME --name operator-key --query value --output tsv"
