// What Azure itself can tell of a monitor that is in trouble. The monitor alerts about nodes; it cannot tell that it is dead itself. Somebody
// outside Azure should know too: `deadMan` in monitor.json, docs/operations.md "Who watches the monitor".

@minLength(5)
@maxLength(13)
@description('What makes names unique.')
param token string

@minLength(1)
@maxLength(40)
@description('The region.')
param location string

@description('Tags of the resources.')
param tags object

@maxLength(50)
@description('Mail addresses. Empty: the alerts are in the portal only.')
param receivers string[]

@minLength(6)
@maxLength(50)
@description('The namespace of the bus.')
param busName string

@minLength(2)
@maxLength(60)
@description('The function app.')
param appName string

@minLength(4)
@maxLength(63)
@description('The workspace with the telemetry.')
param workspaceName string

resource bus 'Microsoft.ServiceBus/namespaces@2024-01-01' existing = {
  name: busName
}

resource app 'Microsoft.Web/sites@2025-03-01' existing = {
  name: appName
}

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' existing = {
  name: workspaceName
}

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(receivers)) {
  name: 'ag-${token}'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'monerocloud'
    emailReceivers: [for (address, i) in receivers: { name: 'mail-${i}', emailAddress: address, useCommonAlertSchema: true }]
  }
}

var actions = empty(receivers) ? [] : [{ actionGroupId: people.id }]

// The sweep tries dead letters again each minute, then ever more seldom: what has stayed for half an hour needs a person.
resource deadLetters 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'dead-letters-${token}'
  location: 'global'
  tags: tags
  properties: {
    description: 'A queue has had dead letters for 30 minutes, which the monitor could not take in. GET /api/refusals and the log say why.'
    severity: 2
    enabled: true
    scopes: [bus.id]
    evaluationFrequency: 'PT15M'
    windowSize: 'PT30M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'dead'
          metricNamespace: 'Microsoft.ServiceBus/namespaces'
          metricName: 'DeadletteredMessages'
          // By name: each queue that is watched costs ten cents a month, and those of the agents have no dead letters by age.
          dimensions: [{ name: 'EntityName', operator: 'Include', values: ['reports', 'alerts', 'probe-shards'] }]
          operator: 'GreaterThan'
          threshold: 0
          timeAggregation: 'Minimum'
        }
      ]
    }
    autoMitigate: true
    actions: actions
  }
}

// /api/health answers 503 when the monitor does not tick: whoever polls it each minute makes 15 in the window. 5: not for one restart.
resource failing 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'http-5xx-${token}'
  location: 'global'
  tags: tags
  properties: {
    description: 'More than 5 requests within 15 minutes were answered with 5xx.'
    severity: 2
    enabled: true
    scopes: [app.id]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'failing'
          metricNamespace: 'Microsoft.Web/sites'
          metricName: 'Http5xx'
          operator: 'GreaterThan'
          threshold: 5
          timeAggregation: 'Total'
        }
      ]
    }
    autoMitigate: true
    actions: actions
  }
}

// Timers of Flex apps have been seen to stop after a deployment. The host tells every 2 min what each function did (host.json,
// aggregator); 15 min leave room for the 5 by which telemetry may be late.
resource heartbeat 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = {
  name: 'no-heartbeat-${token}'
  location: location
  tags: tags
  properties: {
    displayName: 'MoneroCloud: no probe tick for 15 minutes'
    description: 'The timer "probe" has not succeeded for 15 minutes: nothing is probed. Restart the app; docs/deploy.md, "When something is wrong".'
    severity: 1
    enabled: true
    scopes: [workspace.id]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    criteria: {
      allOf: [
        {
          // Without a row it is 0 too: that is what a summary without groups gives.
          query: 'AppMetrics | where Name == "probe Successes" | summarize Beats = sum(Sum)'
          timeAggregation: 'Total'
          metricMeasureColumn: 'Beats'
          operator: 'LessThan'
          threshold: 1
          failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
        }
      ]
    }
    autoMitigate: true
    // The table comes to be with the first telemetry, after this.
    skipQueryValidation: true
    actions: empty(receivers) ? {} : { actionGroups: [people.id] }
  }
}
