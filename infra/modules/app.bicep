// The monitor's program, and all that it is told. Settings are those that the program and the Functions host read, no others: a test compares.

@minLength(2)
@maxLength(60)
@description('The app\'s name, unique in the world.')
param name string

@minLength(1)
@maxLength(40)
@description('The region.')
param location string

@description('Tags of the resources.')
param tags object

@minLength(3)
@maxLength(128)
@description('The app\'s identity.')
param identityName string

@minLength(3)
@maxLength(24)
@description('The storage account.')
param storageName string

@minLength(6)
@maxLength(50)
@description('The namespace of the bus.')
param busName string

@minLength(3)
@maxLength(24)
@description('The vault.')
param vaultName string

@minLength(1)
@maxLength(260)
@description('The Application Insights component.')
param insightsName string

@maxLength(50)
@description('Names of further settings whose values are in the vault.')
param vaultSettings string[]

@maxLength(400)
@description('The subnet that the app joins; empty: none.')
param subnetId string

@maxLength(36)
@description('Client id for Easy Auth; empty: off.')
param authClientId string

@allowed(['none', 'viewer'])
@description('What somebody may do on the dashboard whom Easy Auth has let in.')
param authRole string

@allowed([512, 2048, 4096])
@description('Memory of one instance, in MB.')
param instanceMemoryMB int

@minValue(40)
@maxValue(1000)
@description('Instances at most.')
param maximumInstanceCount int

@minValue(0)
@maxValue(10)
@description('Instances for http that are always there.')
param alwaysReadyHttp int

// Keys that the hook makes. Each setting's secret is called like the setting, in small letters and with - for _.
var keySettings = ['MONITOR_SIGNING_KEY', 'OPERATOR_KEY', 'VIEWER_KEY']

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: identityName
}

resource storage 'Microsoft.Storage/storageAccounts@2025-08-01' existing = {
  name: storageName
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: '${name}-plan'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2025-03-01' = {
  name: name
  location: location
  // By this tag azd finds where the service "monitor" of azure.yaml goes.
  tags: union(tags, { 'azd-service-name': 'monitor' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identity.id}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identity.id
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    functionAppConfig: {
      // The handler is a program of our own: 1.0 is the only version there is.
      runtime: { name: 'custom', version: '1.0' }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
        alwaysReady: alwaysReadyHttp == 0 ? [] : [{ name: 'http', instanceCount: alwaysReadyHttp }]
      }
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${storage.properties.primaryEndpoints.blob}app-package'
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identity.id
          }
        }
      }
    }
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      ftpsState: 'Disabled'
    }
  }

  // Packages come with a token of whoever deploys, never with a password of the site.
  resource noFtpPassword 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  resource noScmPassword 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }

  // Replaces ALL settings at each provision: one that was set by hand in the portal is gone then. Further secrets: SECRET_SETTINGS.
  resource settings 'config' = {
    name: 'appsettings'
    properties: union(
      {
        // Each minute, at its start and in its middle. The host reads them too, for function.json has them as %NAME%.
        PROBE_SCHEDULE: '0 * * * * *'
        SWEEP_SCHEDULE: '30 * * * * *'
        EASY_AUTH_ROLE: empty(authClientId) ? 'none' : authRole
        AzureWebJobsStorage__accountName: storageName
        AzureWebJobsStorage__credential: 'managedidentity'
        AzureWebJobsStorage__clientId: identity.properties.clientId
        ServiceBus__fullyQualifiedNamespace: '${busName}.servicebus.windows.net'
        ServiceBus__credential: 'managedidentity'
        ServiceBus__clientId: identity.properties.clientId
        APPLICATIONINSIGHTS_CONNECTION_STRING: insights.properties.ConnectionString
        APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identity.properties.clientId};Authorization=AAD'
      },
      toObject(
        union(keySettings, vaultSettings),
        setting => setting,
        setting => '@Microsoft.KeyVault(VaultName=${vaultName};SecretName=${toLower(replace(setting, '_', '-'))})'
      )
    )
  }

  // A second door before the dashboard, in front of the program's own. The program believes what it says about people only where authRole is viewer, and then
  // lets them look; agents and tools go past it, with their keys.
  resource auth 'config' = if (!empty(authClientId)) {
    name: 'authsettingsV2'
    properties: {
      platform: { enabled: true, runtimeVersion: '~1' }
      globalValidation: {
        requireAuthentication: true
        unauthenticatedClientAction: 'RedirectToLoginPage'
        redirectToProvider: 'azureactivedirectory'
        excludedPaths: ['/api/*']
      }
      httpSettings: { requireHttps: true }
      identityProviders: {
        azureActiveDirectory: {
          enabled: true
          registration: {
            clientId: authClientId
            openIdIssuer: '${environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'
          }
          validation: { allowedAudiences: ['api://${authClientId}', authClientId] }
        }
      }
      login: { tokenStore: { enabled: false } }
    }
  }
}

@description('Its address.')
output url string = 'https://${app.properties.defaultHostName}'
