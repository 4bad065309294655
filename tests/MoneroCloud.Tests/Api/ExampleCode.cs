using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using MoneroCloud.Core;

namespace MoneroCloud.Tests.Api;

/// <summary>The C# of docs/examples.md, so that it compiles and can be run.</summary>
internal static class ExampleCode
{
    public static async Task BeforeAnOperationAsync(Uri monitor, MonitorKey key)
    {
        using var client = new MonitorClient(new MonitorTarget { Address = monitor, Key = key });
        var checks = new NodeChecks(client);
        var answer = await checks.CheckAsync("main");
        if (!answer.Status)
        {
            throw new InvalidOperationException($"main is not usable: {answer.Details.Explanation}");
        }
    }

    public static async Task<MonitorKey> KeyAsync(string file, CancellationToken cancellation)
    {
        if (!MonitorKey.TryParse(await File.ReadAllTextAsync(file, cancellation), out var key))
        {
            throw new InvalidDataException($"{file} holds no key");
        }

        return key;
    }

    public static async Task<bool> IsUsableAsync(NodeChecks checks, string node, TextWriter log, CancellationToken cancellation)
    {
        try
        {
            return (await checks.CheckAsync(node, CheckMethod.Full, cancellation)).Status;
        }
        catch (MonitorException refused) when (refused.Status is 401 or 403 or 404 or 409)
        {
            throw new InvalidOperationException($"the key, its role or the name {node} is wrong: {refused.Message}", refused);
        }
        catch (MonitorException away)
        {
            log.WriteLine($"nobody knows whether {node} works: {away.Message}");
            return false;
        }
    }

    public static async Task UpdateAsync(NodeChecks checks, TextWriter log, CancellationToken cancellation)
    {
        var answer = await checks.UpdateAsync("main", CheckMethod.Full, cancellation);
        var all = await checks.CheckAllAsync(CheckMethod.Api, save: true, cancellation);
        foreach (var node in all.Nodes.Where(n => !n.Status))
        {
            log.WriteLine($"{node.Id}: {node.Message}");
        }

        log.WriteLine($"{all.Working} of {all.Total} work; main: {answer.Details.Explanation}");
    }

    public static void MapHealth(WebApplication app, NodeChecks checks)
    {
        app.MapGet("/health/wallets", async (CancellationToken cancellation) =>
        {
            var health = await checks.HealthAsync(cancellation);
            var good = health.Status == MonitorStatus.Healthy;
            return Results.Json(new { status = good ? "healthy" : "degraded", working = health.Working, total = health.Total }, statusCode: good ? 200 : 503);
        });
    }
}
