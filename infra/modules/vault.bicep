// The keys: made once by the hook, never by a template, so that none stands in a deployment's record.

@minLength(3)
@maxLength(24)
@description('The vault\'s name, unique in the world.')
param name string

@minLength(1)
@maxLength(40)
@description('The region.')
param location string

@description('Tags of the resource.')
param tags object

@description('true: take up a deleted vault of this name.')
param recover bool

resource vault 'Microsoft.KeyVault/vaults@2025-05-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    createMode: recover ? 'recover' : 'default'
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    // The most: a signing key that is lost means that every agent is enrolled anew. It cannot be changed later.
    softDeleteRetentionInDays: 90
    enablePurgeProtection: true
    enabledForDeployment: false
    enabledForTemplateDeployment: false
    enabledForDiskEncryption: false
    publicNetworkAccess: 'Enabled'
  }
}
