// Mail over Communication Services, from a domain of Azure's: no DNS needed, a few hundred mails an hour. A domain of your own is added in the portal.

@minLength(1)
@maxLength(58)
@description('The name of the resource that sends; the one with the domain is called NAME-mail.')
param name string

@description('Tags of the resources.')
param tags object

@minLength(2)
@maxLength(20)
@description('Where its data is kept.')
param dataLocation string

resource mail 'Microsoft.Communication/emailServices@2025-09-01' = {
  name: '${name}-mail'
  location: 'global'
  tags: tags
  properties: { dataLocation: dataLocation }

  resource domain 'domains' = {
    name: 'AzureManagedDomain'
    location: 'global'
    properties: { domainManagement: 'AzureManaged', userEngagementTracking: 'Disabled' }
  }
}

resource service 'Microsoft.Communication/communicationServices@2025-09-01' = {
  name: name
  location: 'global'
  tags: tags
  properties: {
    dataLocation: dataLocation
    disableLocalAuth: true
    linkedDomains: [mail::domain.id]
  }
}

@description('Its address.')
output endpoint string = 'https://${service.properties.hostName}'
@description('Who its mails are from.')
output sender string = 'DoNotReply@${mail::domain.properties.mailFromSenderDomain}'
