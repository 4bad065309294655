// Every right that anybody has, each with its reason, at the narrowest scope that Azure knows for it. A test has the same list.

@minLength(3)
@maxLength(128)
@description('The monitor\'s identity.')
param identityName string

@maxLength(36)
@description('Who deploys; empty: nobody.')
param deployerPrincipalId string

@allowed(['User', 'ServicePrincipal', 'Group'])
@description('What the deployer is.')
param deployerPrincipalType string

@minLength(3)
@maxLength(24)
@description('The storage account.')
param storageName string

@minLength(6)
@maxLength(50)
@description('The namespace of the bus.')
param busName string

@maxLength(300)
@description('The agents.')
param agents string[]

@minLength(3)
@maxLength(24)
@description('The vault.')
param vaultName string

@minLength(1)
@maxLength(260)
@description('The Application Insights component.')
param insightsName string

@maxLength(63)
@description('The Communication Services resource; empty: there is none.')
param mailName string

// By id: the same in every tenant.
var storageBlobDataOwner = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b')
var storageTableDataContributor = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3')
var serviceBusDataReceiver = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0')
var serviceBusDataSender = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '69a216fc-b8fb-44d8-bc22-1f3c2cd27a39')
var keyVaultSecretsUser = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '4633458b-17de-408a-b874-0445c86b69e6')
var keyVaultSecretsOfficer = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7')
var monitoringMetricsPublisher = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '3913510d-42f4-4e42-8a64-420c390055eb')
var communicationAndEmailServiceOwner = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '09976791-48a7-449e-bb21-39d1a415f350')

resource monitor 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: identityName
}

resource storage 'Microsoft.Storage/storageAccounts@2025-08-01' existing = {
  name: storageName
}

resource bus 'Microsoft.ServiceBus/namespaces@2024-01-01' existing = {
  name: busName

  resource reports 'queues' existing = {
    name: 'reports'
  }

  resource alerts 'queues' existing = {
    name: 'alerts'
  }

  resource shards 'queues' existing = {
    name: 'probe-shards'
  }
}

resource commands 'Microsoft.ServiceBus/namespaces/queues@2024-01-01' existing = [
  for agent in agents: {
    parent: bus
    name: 'commands-${agent}'
  }
]

resource vault 'Microsoft.KeyVault/vaults@2025-05-01' existing = {
  name: vaultName
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

resource mail 'Microsoft.Communication/communicationServices@2025-09-01' existing = if (!empty(mailName)) {
  name: mailName
}

resource monitorBlobs 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: storage
  name: guid(storage.id, monitor.id, storageBlobDataOwner)
  properties: {
    roleDefinitionId: storageBlobDataOwner
    principalId: monitor.properties.principalId
    principalType: 'ServicePrincipal'
    description: 'The Functions host reads the package, and makes containers of its own for the leases of its timers: at the account, for they are not there yet.'
  }
}

resource monitorTables 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: storage
  name: guid(storage.id, monitor.id, storageTableDataContributor)
  properties: {
    roleDefinitionId: storageTableDataContributor
    principalId: monitor.properties.principalId
    principalType: 'ServicePrincipal'
    description: 'The monitor keeps its state in the table MoneroState; the host writes its own events into another.'
  }
}

resource monitorTakesReports 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: bus::reports
  name: guid(bus::reports.id, monitor.id, serviceBusDataReceiver)
  properties: {
    roleDefinitionId: serviceBusDataReceiver
    principalId: monitor.properties.principalId
    principalType: 'ServicePrincipal'
    description: 'The trigger reports, and the sweep of its dead letters. The monitor never sends there.'
  }
}

resource monitorTakesAlerts 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: bus::alerts
  name: guid(bus::alerts.id, monitor.id, serviceBusDataReceiver)
  properties: {
    roleDefinitionId: serviceBusDataReceiver
    principalId: monitor.properties.principalId
    principalType: 'ServicePrincipal'
    description: 'The trigger deliver, and the sweep of its dead letters.'
  }
}

resource monitorSendsAlerts 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: bus::alerts
  name: guid(bus::alerts.id, monitor.id, serviceBusDataSender)
  properties: {
    roleDefinitionId: serviceBusDataSender
    principalId: monitor.properties.principalId
    principalType: 'ServicePrincipal'
    description: 'The outbox sends itself what is due.'
  }
}

resource monitorTakesShards 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: bus::shards
  name: guid(bus::shards.id, monitor.id, serviceBusDataReceiver)
  properties: {
    roleDefinitionId: serviceBusDataReceiver
    principalId: monitor.properties.principalId
    principalType: 'ServicePrincipal'
    description: 'The trigger probe-shard.'
  }
}

resource monitorSendsShards 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: bus::shards
  name: guid(bus::shards.id, monitor.id, serviceBusDataSender)
  properties: {
    roleDefinitionId: serviceBusDataSender
    principalId: monitor.properties.principalId
    principalType: 'ServicePrincipal'
    description: 'Past 300 nodes the timer sends one message a shard.'
  }
}

resource monitorSendsCommands 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (agent, i) in agents: {
    scope: commands[i]
    name: guid(commands[i].id, monitor.id, serviceBusDataSender)
    properties: {
      roleDefinitionId: serviceBusDataSender
      principalId: monitor.properties.principalId
      principalType: 'ServicePrincipal'
      description: 'Orders and acks for this agent. The monitor cannot take them out again.'
    }
  }
]

resource monitorReadsSecrets 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: vault
  name: guid(vault.id, monitor.id, keyVaultSecretsUser)
  properties: {
    roleDefinitionId: keyVaultSecretsUser
    principalId: monitor.properties.principalId
    principalType: 'ServicePrincipal'
    description: 'The platform resolves the settings that are references to the vault. Reading only.'
  }
}

resource monitorWritesTelemetry 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: insights
  name: guid(insights.id, monitor.id, monitoringMetricsPublisher)
  properties: {
    roleDefinitionId: monitoringMetricsPublisher
    principalId: monitor.properties.principalId
    principalType: 'ServicePrincipal'
    description: 'The Functions host sends telemetry; the component takes none without this role.'
  }
}

resource monitorSendsMail 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(mailName)) {
  scope: mail
  name: guid(mail.id, monitor.id, communicationAndEmailServiceOwner)
  properties: {
    roleDefinitionId: communicationAndEmailServiceOwner
    principalId: monitor.properties.principalId
    principalType: 'ServicePrincipal'
    description: 'The channel kind azureMail. Azure has no narrower built-in role for sending; it is for this one resource.'
  }
}

resource deployerWritesSecrets 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(deployerPrincipalId)) {
  scope: vault
  name: guid(vault.id, deployerPrincipalId, keyVaultSecretsOfficer)
  properties: {
    roleDefinitionId: keyVaultSecretsOfficer
    principalId: deployerPrincipalId
    principalType: deployerPrincipalType
    description: 'The hook postprovision makes the keys as whoever deploys, and this person reads the operator key from there.'
  }
}
