using System.Text.Json;

namespace MoneroCloud.Tests;

/// <summary>One role assignment of the template.</summary>
/// <param name="Who">monitor or deployer.</param>
/// <param name="Role">By Azure's name for it.</param>
/// <param name="Scope">The resource's type without its provider, and its own name where there are several.</param>
internal sealed record Grant(string Who, string Role, string Scope)
{
    private const string Split = "/providers/Microsoft.Authorization/roleAssignments/";

    private static readonly Dictionary<string, string> Roles = new()
    {
        ["b7e6dc6d-f1e8-4753-8033-0f276bb0955b"] = "Storage Blob Data Owner",
        ["0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3"] = "Storage Table Data Contributor",
        ["4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0"] = "Service Bus Data Receiver",
        ["69a216fc-b8fb-44d8-bc22-1f3c2cd27a39"] = "Service Bus Data Sender",
        ["4633458b-17de-408a-b874-0445c86b69e6"] = "Key Vault Secrets User",
        ["b86a8fe4-44ce-4948-aee5-eccb2c155cd7"] = "Key Vault Secrets Officer",
        ["3913510d-42f4-4e42-8a64-420c390055eb"] = "Monitoring Metrics Publisher",
        ["09976791-48a7-449e-bb21-39d1a415f350"] = "Communication and Email Service Owner",
    };

    public static Grant Of(JsonElement assignment)
    {
        var properties = assignment.GetProperty("properties");
        var principal = EvaluatedInfra.Text(properties, "principalId");
        var role = EvaluatedInfra.Text(properties, "roleDefinitionId").TrimEnd('\'', ')', ']').Split('/')[^1].Trim('\'');
        var who = principal == EvaluatedInfra.Deployer ? "deployer" : principal.Contains("userAssignedIdentities/id-", StringComparison.Ordinal) ? "monitor" : principal;
        return new Grant(who, Roles.GetValueOrDefault(role, role), ScopeOf(EvaluatedInfra.Text(assignment, "id")));
    }

    private static string ScopeOf(string id)
    {
        var scope = id.Split(Split)[0];
        var parts = scope.Split('/');
        var queue = Array.IndexOf(parts, "queues");
        return queue >= 0 ? $"queue {parts[queue + 1]}" : scope.Contains("/providers/", StringComparison.Ordinal) ? parts[^2] : scope;
    }
}
