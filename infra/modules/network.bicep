// A network for the app, to be peered or joined by VPN with that of the hosts: docs/deploy.md, "Hosts with private addresses".

@minLength(2)
@maxLength(64)
@description('The network\'s name.')
param name string

@minLength(1)
@maxLength(40)
@description('The region.')
param location string

@description('Tags of the resource.')
param tags object

@minLength(9)
@maxLength(18)
@description('The network\'s range, /16 to /26.')
param addressPrefix string

resource network 'Microsoft.Network/virtualNetworks@2025-07-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: [addressPrefix] }
    subnets: [
      {
        // No underscore: Flex refuses it.
        name: 'app'
        properties: {
          // /26 has 59 addresses for 40 instances; /27, the least that Flex takes, would have 27.
          addressPrefix: cidrSubnet(addressPrefix, 26, 0)
          delegations: [{ name: 'flex', properties: { serviceName: 'Microsoft.App/environments' } }]
          // All that the app sends goes through the subnet, to storage and bus too. Newer networks let nothing out by default.
          defaultOutboundAccess: true
        }
      }
    ]
  }

  resource app 'subnets' existing = {
    name: 'app'
  }
}

@description('The app\'s subnet.')
output subnetId string = network::app.id
