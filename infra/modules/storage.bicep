// The monitor's table, the package that is deployed, and the host's own leases. No shared key: whoever asks is a principal with a role.

@minLength(3)
@maxLength(24)
@description('The account\'s name: a-z and 0-9, unique in the world.')
param name string

@minLength(1)
@maxLength(40)
@description('The region.')
param location string

@description('Tags of the resource.')
param tags object

@allowed(['Standard_LRS', 'Standard_ZRS'])
@description('How many buildings the copies are in.')
param sku string

resource account 'Microsoft.Storage/storageAccounts@2025-08-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: sku }
  properties: {
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    allowBlobPublicAccess: false
    allowSharedKeyAccess: false
    allowCrossTenantReplication: false
    defaultToOAuthAuthentication: true
    // Open to the network, closed without a role: Flex reaches it from addresses that are not known before.
    publicNetworkAccess: 'Enabled'
    networkAcls: { defaultAction: 'Allow', bypass: 'AzureServices' }
  }

  resource blobs 'blobServices' = {
    name: 'default'

    resource deployment 'containers' = {
      // modules/app.bicep says to Flex that packages are here.
      name: 'app-package'
      properties: { publicAccess: 'None' }
    }
  }

  resource tables 'tableServices' = {
    name: 'default'

    resource state 'tables' = {
      // As core/Names.cs has it.
      name: 'MoneroState'
    }
  }
}
