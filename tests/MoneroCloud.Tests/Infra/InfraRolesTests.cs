using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>Who may do what in the deployment: exactly this, each for its reason.</summary>
public sealed class InfraRolesTests
{
    private const string Assignment = "Microsoft.Authorization/roleAssignments";

    private static readonly Dictionary<Grant, string> Wanted = new()
    {
        [new("monitor", "Storage Blob Data Owner", "storageAccounts")] = "the host's leases and the package; its containers are not there before it makes them",
        [new("monitor", "Storage Table Data Contributor", "storageAccounts")] = "the state, and the host's own events",
        [new("monitor", "Service Bus Data Receiver", "queue reports")] = "the trigger reports",
        [new("monitor", "Service Bus Data Receiver", "queue alerts")] = "the trigger deliver",
        [new("monitor", "Service Bus Data Sender", "queue alerts")] = "the outbox",
        [new("monitor", "Service Bus Data Receiver", "queue probe-shards")] = "the trigger probe-shard",
        [new("monitor", "Service Bus Data Sender", "queue probe-shards")] = "the timer of a large fleet",
        [new("monitor", "Service Bus Data Sender", "queue commands-host-1")] = "orders and acks",
        [new("monitor", "Service Bus Data Sender", "queue commands-host-2")] = "orders and acks",
        [new("monitor", "Key Vault Secrets User", "vaults")] = "references to the vault",
        [new("monitor", "Monitoring Metrics Publisher", "components")] = "telemetry",
        [new("monitor", "Communication and Email Service Owner", "communicationServices")] = "the channel azureMail",
        [new("deployer", "Key Vault Secrets Officer", "vaults")] = "the hook makes the keys",
    };

    [Fact]
    public async Task Nobody_may_do_anything_else()
    {
        var infra = await EvaluatedInfra.GetAsync();
        Assert.Equal(Texts(Wanted.Keys), Texts(infra.Of(Assignment).Select(Grant.Of)));
        Assert.All(infra.Of(Assignment), a => Assert.NotEmpty(EvaluatedInfra.Text(a.GetProperty("properties"), "description")));

        // The control: a role at the group, and one that is unknown here.
        var first = infra.Of(Assignment).First();
        var wide = JsonNode.Parse(first.GetRawText())!;
        wide["id"] = $"/subscriptions/1/resourceGroups/rg-test/providers/{Assignment}/1";
        wide["properties"]!["roleDefinitionId"] = "/x/8e3af657-a8ff-443c-a75c-2fe8c4bcb635";
        var planted = Grant.Of(JsonSerializer.SerializeToElement(wide));
        Assert.DoesNotContain(planted, Wanted.Keys);
        Assert.Equal(("8e3af657-a8ff-443c-a75c-2fe8c4bcb635", "/subscriptions/1/resourceGroups/rg-test"), (planted.Role, planted.Scope));
    }

    [Fact]
    public async Task Keys_of_the_bus_are_for_agents_alone_each_for_one_queue_and_one_direction()
    {
        var infra = await EvaluatedInfra.GetAsync();
        Assert.Empty(infra.Of("Microsoft.ServiceBus/namespaces/authorizationRules"));
        var rules = infra.Of("Microsoft.ServiceBus/namespaces/queues/authorizationRules")
            .Select(r => $"{string.Join('/', EvaluatedInfra.Text(r, "name").Split('/')[1..])}: {string.Join(' ', r.GetProperty("properties").GetProperty("rights").EnumerateArray())}");
        Assert.Equal(["commands-host-1/agent-listen: Listen", "commands-host-2/agent-listen: Listen", "reports/agents-send: Send"], rules.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Nothing_else_knows_a_shared_key()
    {
        var infra = await EvaluatedInfra.GetAsync();
        Assert.False(infra.Of("Microsoft.Storage/storageAccounts").Single().GetProperty("properties").GetProperty("allowSharedKeyAccess").GetBoolean());
        Assert.False(infra.Of("Microsoft.Storage/storageAccounts").Single().GetProperty("properties").GetProperty("allowBlobPublicAccess").GetBoolean());
        Assert.True(infra.Of("Microsoft.KeyVault/vaults").Single().GetProperty("properties").GetProperty("enableRbacAuthorization").GetBoolean());
        Assert.True(infra.Of("Microsoft.KeyVault/vaults").Single().GetProperty("properties").GetProperty("enablePurgeProtection").GetBoolean());
        Assert.True(infra.Of("Microsoft.Insights/components").Single().GetProperty("properties").GetProperty("DisableLocalAuth").GetBoolean());
        Assert.True(infra.Of("Microsoft.Communication/communicationServices").Single().GetProperty("properties").GetProperty("disableLocalAuth").GetBoolean());
        Assert.Equal(["ftp", "scm"], infra.Names("Microsoft.Web/sites/basicPublishingCredentialsPolicies"));
        Assert.All(infra.Of("Microsoft.Web/sites/basicPublishingCredentialsPolicies"), p => Assert.False(p.GetProperty("properties").GetProperty("allow").GetBoolean()));
    }

    private static IEnumerable<string> Texts(IEnumerable<Grant> grants) => grants.Select(g => $"{g.Who}: {g.Role} on {g.Scope}").Order(StringComparer.Ordinal);
}
