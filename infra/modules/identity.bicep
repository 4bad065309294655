// Who the monitor is to everything else in Azure. User-assigned, so that its rights are there before the app is.

@minLength(3)
@maxLength(128)
@description('The identity\'s name.')
param name string

@minLength(1)
@maxLength(40)
@description('The region.')
param location string

@description('Tags of the resource.')
param tags object

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: name
  location: location
  tags: tags
}

@description('By which code asks for its tokens.')
output clientId string = identity.properties.clientId
