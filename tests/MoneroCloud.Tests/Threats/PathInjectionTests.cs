using System.Text.Json;
using CsCheck;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using MoneroCloud.Tests.Api;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>Names as parts of a path, of an address and of a row's key: what would lead elsewhere is no name.</summary>
public sealed class PathInjectionTests
{
    private static readonly string[] Hostile =
    [
        "..", ".", "../x", "../../etc/passwd", "/etc/passwd", "a/b", "a\\b", "a/../b", "a\0b", "a\nb", "a\r\nX: y", "a|b", "n|home.main", "a%2fb", "%2e%2e", "~", "~root", "$(id)", "`id`", "a;b", "a b", "a\u2024b",
        "ａ", "a\u0301", "con:", "*", "a?b", "a#b", "'--", "a'", "\"", "<b>", "A", "", "-a", "--help",
    ];

    /// <summary>As it stands in an address.</summary>
    private static readonly string[] Segments =
    [
        "..", "%2e%2e", "%2E%2E%2F%2E%2E%2Fetc%2Fpasswd", "..%5c..", "%00", "host.main%00", "host.main%0d%0aX-Injected:%20y", "host%2Fmain", "%c0%ae%c0%ae", "host.main;x=1", "n%7Chost.main", "host.%2a", "%27--", "%3Cb%3E",
        "host.main%1B%5B2J", "%E2%80%AEniam.tsoh", "....//", "%252e%252e",
    ];

    [Fact]
    public void What_leads_elsewhere_is_no_name_and_what_is_a_name_leads_to_its_own_file()
    {
        Assert.All(Hostile, text => Assert.False(NodeName.TryParse(text, out _), text));
        Assert.All(Hostile, text => Assert.False(NodeId.TryParse($"host.{text}", out _), text));
        Assert.All(Hostile, text => Assert.False(NodeId.TryParse($"{text}.main", out _), text));
        Assert.All(Hostile, text => Assert.Null(Keys.Order(text)));
        Assert.All(Hostile, text => Assert.Null(Keys.IncidentPlace(text)));

        Gen.OneOf(Gen.String[0, 45], Gen.String[Gen.Char["abz019-./%\0\n|~ "], 0, 12]).Sample(
            text => !NodeName.TryParse(text, out var name) || Path.GetFullPath(Path.Combine("/state/logs", $"{name}.log")) == $"/state/logs/{text}.log",
            iter: 20_000);
    }

    [Fact]
    public async Task An_address_that_leads_elsewhere_leads_nowhere()
    {
        await using var api = await ApiUnderTest.StartAsync();
        await api.StoreAsync(StoredFleet.Agent("host", null, "main"));
        await api.StoreAsync(StoredFleet.Node("host.main"));
        var routes = AccessTests.Routes.Select(r => (Method: r.Data.Item1, Path: r.Data.Item2)).Where(r => r.Path.Contains('{', StringComparison.Ordinal)).ToArray();
        Assert.InRange(routes.Length, 15, 60);
        foreach (var (method, path) in routes)
        {
            foreach (var segment in Segments)
            {
                var target = path.Replace("{id}", segment, StringComparison.Ordinal).Replace("{name}", segment, StringComparison.Ordinal);
                var reply = await api.SendAsync(method, target, ApiSetup.Operator);

                // Two dots are put right on the way: below a page that is the page above, by whose rule it is shown.
                var isPageAbove = reply.Code == 200 && method == "GET" && path.StartsWith("/dashboard/", StringComparison.Ordinal) && segment is ".." or "%2e%2e";
                Assert.True(isPageAbove || reply.Code is 400 or 404 or 405, $"{method} {target}: {reply.Code} {reply.Text}");
                Assert.False(reply.Headers.ContainsKey("X-Injected"), target);
                Assert.DoesNotContain("root:", reply.Text, StringComparison.Ordinal);
            }
        }

        Assert.Equal(0, api.Bus.Count);
        Assert.Equal(["host"], (await api.GetAsync("/api/agents")).Read(ApiJson.Default.AgentList).Agents.Select(a => a.Name));
        Assert.Equal(["host.main"], (await api.GetAsync("/api/nodes")).Read(ApiJson.Default.NodeList).Nodes.Select(n => n.Id));
        Assert.All(api.Lines, LogLineTests.IsPlain);
    }

    [Fact]
    public void Agent_json_names_no_node_and_no_agent_so()
    {
        var folder = new ConfigFolder();
        folder.Accept(File("host", "main"));
        foreach (var text in Hostile)
        {
            Assert.NotEmpty(folder.Errors(File(text, "main")));
            Assert.NotEmpty(folder.Errors(File("host", text)));
        }

        static string File(string agent, string node) =>
            $$"""{"agent":{{JsonSerializer.Serialize(agent)}},"nodes":[{"name":{{JsonSerializer.Serialize(node)}},"kind":"daemon","port":28081}]}""";
    }
}
