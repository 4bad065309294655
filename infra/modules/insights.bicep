// Telemetry: the largest cost of all if left alone, so there is a cap, and host.json sends little.

@minLength(4)
@maxLength(63)
@description('The workspace\'s name.')
param workspaceName string

@minLength(1)
@maxLength(260)
@description('The component\'s name.')
param name string

@minLength(1)
@maxLength(40)
@description('The region.')
param location string

@description('Tags of the resources.')
param tags object

@minValue(1)
@maxValue(100)
@description('GB a day, after which the rest of the day is not recorded.')
param dailyCapGb int

@minValue(30)
@maxValue(730)
@description('Days that it is kept.')
param retentionDays int

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' = {
  name: workspaceName
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: retentionDays
    workspaceCapping: { dailyQuotaGb: dailyCapGb }
    features: { disableLocalAuth: true, enableLogAccessUsingOnlyResourcePermissions: true }
  }
}

resource component 'Microsoft.Insights/components@2020-02-02' = {
  name: name
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    // The connection string alone lets nobody write: it takes the role that the monitor has.
    DisableLocalAuth: true
  }
}
