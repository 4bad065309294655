// The queues between agents and monitor, and of the monitor to itself. Names are those of core/Names.cs and of the function.json files.

@minLength(6)
@maxLength(50)
@description('The namespace\'s name, unique in the world.')
param name string

@minLength(1)
@maxLength(40)
@description('The region.')
param location string

@description('Tags of the resource.')
param tags object

@minLength(1)
@maxLength(39)
@description('An agent\'s name. That it is made of a-z, 0-9 and -, is nobody else\'s and is neither remote nor monitor, the preflight hook checks.')
type agentName = string

@maxLength(300)
@description('The agents. 300: each is a queue and a rule, and one template holds 800 resources; a subscription holds 4,000 role assignments, of which each agent takes one.')
param agents agentName[]

// What holds for every queue.
//  maxDeliveryCount 100: the platform delivers a failed message again at once, ten times in 0.12 s, so that a small number is used up by a hiccup of the
//    storage. The program itself tries for 45 s inside one call.
//  lockDuration 1 min: an invocation gets 50 s and 5 s to end (InvocationLimits); the host renews the lock while it lasts.
//  duplicate detection 10 min: a message's id names its attempt, and every attempt is repeated within that, or not at all. It cannot be changed later.
//  maxSizeInMegabytes 1024: the smallest. A report has at most 200 KB, a fleet of 1,000 sends 1,000 a minute, and they are taken within seconds.
var common = {
  lockDuration: 'PT1M'
  maxDeliveryCount: 100
  requiresDuplicateDetection: true
  duplicateDetectionHistoryTimeWindow: 'PT10M'
  maxSizeInMegabytes: 1024
  requiresSession: false
  enablePartitioning: false
}

resource namespace 'Microsoft.ServiceBus/namespaces@2024-01-01' = {
  name: name
  location: location
  tags: tags
  // Standard: Basic has neither duplicate detection nor a time to live of more than 14 days per message; Premium costs 70 times as much.
  sku: { name: 'Standard', tier: 'Standard' }
  properties: {
    minimumTlsVersion: '1.2'
    // Agents run outside Azure and have no identity there: each has a key for its own queue alone. The monitor uses none.
    disableLocalAuth: false
  }
}

resource reports 'Microsoft.ServiceBus/namespaces/queues@2024-01-01' = {
  parent: namespace
  name: 'reports'
  properties: {
    ...common
    // An agent repeats in each report what was not acked: one that is 6 h old says nothing that a newer one does not.
    defaultMessageTimeToLive: 'PT6H'
    // So that a monitor that was away for 6 h is seen to have been: the alert counts them, and the sweep takes them in.
    deadLetteringOnMessageExpiration: true
  }

  // A queue has at most 12 rules, so that all agents share this one. It trusts nobody: what counts is the signature of each report.
  resource send 'authorizationRules' = {
    name: 'agents-send'
    properties: { rights: ['Send'] }
  }
}

resource alerts 'Microsoft.ServiceBus/namespaces/queues@2024-01-01' = {
  parent: namespace
  name: 'alerts'
  properties: {
    ...common
    // A channel gets 24 h before the outbox goes on over another.
    defaultMessageTimeToLive: 'P1D'
    deadLetteringOnMessageExpiration: true
  }
}

resource shards 'Microsoft.ServiceBus/namespaces/queues@2024-01-01' = {
  parent: namespace
  name: 'probe-shards'
  properties: {
    ...common
    // The next tick, a minute later, sends new ones.
    defaultMessageTimeToLive: 'PT2M'
    deadLetteringOnMessageExpiration: false
  }
}

resource commands 'Microsoft.ServiceBus/namespaces/queues@2024-01-01' = [
  for agent in agents: {
    parent: namespace
    name: 'commands-${agent}'
    properties: {
      ...common
      // Orders and acks live 10 min at most and say so themselves; the hour is for one that does not.
      defaultMessageTimeToLive: 'PT1H'
      // The monitor records by itself that an order ran out.
      deadLetteringOnMessageExpiration: false
    }
  }
]

resource listen 'Microsoft.ServiceBus/namespaces/queues/authorizationRules@2024-01-01' = [
  for (agent, i) in agents: {
    parent: commands[i]
    name: 'agent-listen'
    properties: { rights: ['Listen'] }
  }
]
