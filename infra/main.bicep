// The whole monitor in one resource group. Read docs/deploy.md first; `azd up` runs it. What is here is checked by scripts/bicep and by the
// tests in tests/MoneroCloud.Tests/Infra; nothing of it was deployed from the machines that build it.
targetScope = 'subscription'

@minLength(1)
@maxLength(40)
@description('The name of the azd environment: it makes the resource group\'s name and its tag. 40, so that rg-NAME keeps within 90 with room for what the portal adds.')
param environmentName string

@minLength(1)
@maxLength(40)
@description('The region of all resources. It has to offer Flex Consumption: `az functionapp list-flexconsumption-locations`.')
@metadata({ azd: { type: 'location' } })
param location string

@maxLength(36)
@description('Object id of whoever deploys: gets the right to write secrets into the vault, which the hook needs, and nothing else. Empty: nobody gets it.')
param principalId string = ''

@allowed(['User', 'ServicePrincipal', 'Group'])
@description('What principalId is.')
param principalType string = 'User'

@maxLength(12000)
@description('The agents, by name, with commas between: each gets a queue for its orders and a key that reads from that queue alone. At most 300, as modules/bus.bicep says; 12000 characters hold 300 names of 39.')
param agentIds string = ''

@maxLength(4000)
@description('Names of further settings whose values are secrets, with commas between: ALERT_..., NODE_LOGIN_..., MONITOR_SIGNING_KEY_OTHER, OPERATOR_KEY_OLD, VIEWER_KEY_OLD. The value of ALERT_TEAMS_URL is the vault\'s secret alert-teams-url; none passes through this file.')
param vaultSettings string = ''

@allowed(['Standard_LRS', 'Standard_ZRS'])
@description('LRS keeps three copies in one building, ZRS in three, for about a quarter more.')
param storageSku string = 'Standard_LRS'

@allowed([512, 2048, 4096])
@description('Memory of one instance, in MB; there are no other sizes. 512 is enough for thousands of nodes, and the price is by memory.')
param instanceMemoryMB int = 512

@minValue(40)
@maxValue(1000)
@description('Instances at most. 40 is the least that the platform takes; the fleet is in 16 shards with 4 calls an instance, so that probing never uses more than 16.')
param maximumInstanceCount int = 40

@minValue(0)
@maxValue(10)
@description('Instances for http that are always there, and paid for when idle. 0: the first request after a quiet time takes a second or two.')
param alwaysReadyHttp int = 0

@minValue(1)
@maxValue(100)
@description('GB of telemetry a day, after which the rest of the day is not recorded. At the levels of host.json a fleet of 1,000 agents stays far below 1; the cap is there for what nobody foresaw.')
param logDailyCapGb int = 1

@minValue(30)
@maxValue(730)
@description('Days that telemetry is kept; up to 31 cost nothing. The monitor\'s own history is in its table and has its own setting.')
param logRetentionDays int = 30

@maxLength(2000)
@description('Who gets the platform\'s own alerts (dead letters, no heartbeat, failing requests) by mail, with commas between. Empty: the alerts are in the portal only.')
param alertEmails string = ''

@description('true: a Communication Services resource with a domain of Azure\'s, for the channel kind azureMail.')
param emailEnabled bool = false

@allowed(['Africa', 'Asia Pacific', 'Australia', 'Brazil', 'Canada', 'Europe', 'France', 'Germany', 'India', 'Japan', 'Korea', 'Norway', 'Switzerland', 'UAE', 'UK', 'United States'])
@description('Where Communication Services keeps its data. It cannot be changed later.')
param emailDataLocation string = 'Europe'

@description('true: the app joins a virtual network, and reaches hosts that have private addresses.')
param vnetEnabled bool = false

@maxLength(18)
@description('The address range of the network that is made, /16 to /26; its first /26 becomes the app\'s subnet. It must not overlap with what it is peered with.')
param vnetAddressPrefix string = '10.20.0.0/24'

@maxLength(400)
@description('Resource id of a subnet of your own, delegated to Microsoft.App/environments, at least /27 and without an underscore in its name. Empty: a network is made.')
param existingSubnetId string = ''

@maxLength(36)
@description('Client id of an Entra app registration: people then log in with Entra before they see the dashboard, and need a key all the same. Empty: the key alone.')
param authClientId string = ''

@allowed(['none', 'viewer'])
@description('viewer: whoever has logged in with Entra sees the dashboard without a key. Doing something takes an operator\'s key all the same.')
param authRole string = 'none'

@description('true: take up the vault of an earlier deployment of this environment that was deleted within 90 days, with its keys.')
param recoverVault bool = false

var tags = { 'azd-env-name': environmentName }
var token = toLower(uniqueString(subscription().id, environmentName, location))
var agents = empty(agentIds) ? [] : map(split(agentIds, ','), name => trim(name))
var inVault = empty(vaultSettings) ? [] : map(split(vaultSettings, ','), name => trim(name))
var receivers = empty(alertEmails) ? [] : map(split(alertEmails, ','), address => trim(address))

// Known before anything is there, and not asked of one module for the next: so `azd provision --preview` can show what will be.
var names = {
  identity: 'id-${token}'
  storage: 'st${token}'
  bus: 'sb-${token}'
  vault: 'kv-${token}'
  workspace: 'log-${token}'
  insights: 'appi-${token}'
  mail: 'acs-${token}'
  network: 'vnet-${token}'
  app: 'func-${token}'
}
var makeNetwork = vnetEnabled && empty(existingSubnetId)

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  scope: group
  params: {
    name: names.identity
    location: location
    tags: tags
  }
}

module storage 'modules/storage.bicep' = {
  scope: group
  params: {
    name: names.storage
    location: location
    tags: tags
    sku: storageSku
  }
}

module bus 'modules/bus.bicep' = {
  scope: group
  params: {
    name: names.bus
    location: location
    tags: tags
    agents: agents
  }
}

module vault 'modules/vault.bicep' = {
  scope: group
  params: {
    name: names.vault
    location: location
    tags: tags
    recover: recoverVault
  }
}

module insights 'modules/insights.bicep' = {
  scope: group
  params: {
    workspaceName: names.workspace
    name: names.insights
    location: location
    tags: tags
    dailyCapGb: logDailyCapGb
    retentionDays: logRetentionDays
  }
}

module mail 'modules/mail.bicep' = if (emailEnabled) {
  scope: group
  params: {
    name: names.mail
    tags: tags
    dataLocation: emailDataLocation
  }
}

module network 'modules/network.bicep' = if (makeNetwork) {
  scope: group
  params: {
    name: names.network
    location: location
    tags: tags
    addressPrefix: vnetAddressPrefix
  }
}

module roles 'modules/roles.bicep' = {
  scope: group
  params: {
    identityName: names.identity
    deployerPrincipalId: principalId
    deployerPrincipalType: principalType
    storageName: names.storage
    busName: names.bus
    agents: agents
    vaultName: names.vault
    insightsName: names.insights
    mailName: emailEnabled ? names.mail : ''
  }
  dependsOn: [identity, storage, bus, vault, insights, mail]
}

module app 'modules/app.bicep' = {
  scope: group
  params: {
    name: names.app
    location: location
    tags: tags
    identityName: names.identity
    storageName: names.storage
    busName: names.bus
    vaultName: names.vault
    insightsName: names.insights
    vaultSettings: inVault
    subnetId: !vnetEnabled ? '' : (makeNetwork ? network!.outputs.subnetId : existingSubnetId)
    authClientId: authClientId
    authRole: authRole
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    alwaysReadyHttp: alwaysReadyHttp
  }
  // Without its rights the app cannot read the vault when its settings are made, and the platform asks again only hours later.
  dependsOn: [roles]
}

module alerts 'modules/alerts.bicep' = {
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    receivers: receivers
    busName: names.bus
    appName: names.app
    workspaceName: names.workspace
  }
  dependsOn: [app]
}

// Values of the environment for the hooks and for people. None is a secret.
@description('The region.')
output AZURE_LOCATION string = location
@description('The tenant of the vault and of Easy Auth.')
output AZURE_TENANT_ID string = tenant().tenantId
@description('The resource group.')
output AZURE_RESOURCE_GROUP string = group.name
@description('The function app.')
output AZURE_FUNCTION_NAME string = names.app
@description('The monitor\'s address, for agents, people and tools.')
output MONITOR_URL string = app.outputs.url
@description('The namespace of the bus.')
output SERVICEBUS_NAMESPACE string = names.bus
@description('The vault with the keys.')
output AZURE_KEY_VAULT_NAME string = names.vault
@description('For clientId of an azureMail channel in monitor.json.')
output MONITOR_CLIENT_ID string = identity.outputs.clientId
@description('For endpoint of an azureMail channel; empty where mail is off.')
output COMMUNICATION_ENDPOINT string = emailEnabled ? mail!.outputs.endpoint : ''
@description('For sender of an azureMail channel; empty where mail is off.')
output EMAIL_SENDER string = emailEnabled ? mail!.outputs.sender : ''
