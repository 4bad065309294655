using System.Text;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using MoneroCloud.Tests.Api;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>Guessing keys of the API: what is near a key is not nearer than anything else, a flood of tries costs a bounded log, and holds up nobody who has one.</summary>
public sealed class GuessedKeyTests
{
    [Fact]
    public void Nothing_but_the_key_opens()
    {
        var keys = new ApiSetup().Keys;
        var random = new Random(7);
        var guesses = Near(ApiSetup.Operator).Concat(Near(ApiSetup.Viewer)).Concat(Enumerable.Range(0, 20_000).Select(_ => Random(random))).ToArray();
        Assert.InRange(guesses.Length, 20_000 + 5_000, 20_000 + 20_000);

        Assert.All(guesses, guess => Assert.Null(keys.Find(guess)));
        Assert.Equal((ApiRole.Operator, ApiRole.Viewer), (keys.Find(ApiSetup.Operator)?.Role, keys.Find(ApiSetup.Viewer)?.Role));
    }

    [Fact]
    public async Task A_flood_of_guesses_is_answered_with_waiting_and_writes_a_bounded_log_without_any_of_them()
    {
        await using var api = await ApiUnderTest.StartAsync();
        var guesses = Near(ApiSetup.Operator).Where(g => g.All(c => c is > ' ' and <= '~')).Take(300).Append(new string('k', 20_000)).ToArray();
        var codes = new List<int>();
        foreach (var guess in guesses)
        {
            codes.Add((await api.GetAsync("/api/nodes", guess)).Code);
        }

        Assert.Equal((10, 291), (codes.Count(c => c == 401), codes.Count(c => c == 429)));
        Assert.Equal(200, (await api.GetAsync("/api/nodes")).Code);
        Assert.Equal(10, api.Lines.Count(line => line.EndsWith("a request from 127.0.0.1 was refused: a key that is not valid", StringComparison.Ordinal)));
        Assert.DoesNotContain(api.Lines, line => line.Contains(ApiSetup.Operator[5..20], StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_an_agent_has_opens_no_endpoint()
    {
        await using var api = await ApiUnderTest.StartAsync();
        await api.StoreAsync(StoredFleet.Agent("host", null, "main"));
        Assert.True(SigningKey.TryImportPem(PublishedKey.Pem, out var agent, out _));
        using (agent)
        {
            string[] presented =
            [
                Encoding.ASCII.GetString(Jws.Sign(agent, JwsType.Report, "{}"u8)), Encoding.ASCII.GetString(Jws.Sign(agent, JwsType.Order, "{}"u8)), PublishedKey.Thumbprint, PublishedKey.Jwk,
                PublishedKey.Pem.ReplaceLineEndings(""), new BusPasswords("0123456789abcdef0123456789abcdef").Of("agent:host"),
            ];
            foreach (var (method, target) in new[] { ("POST", "/api/agents"), ("DELETE", "/api/agents/host"), ("GET", "/api/nodes"), ("POST", "/api/agents/host/reload") })
            {
                Assert.All(await Task.WhenAll(presented.Select(key => api.SendAsync(method, target, key))), reply => Assert.Equal(401, reply.Code));
                api.Clock.Advance(TimeSpan.FromMinutes(1));
            }
        }
    }

    /// <summary>Each character another, left out or twice; capitals; parts; more before and behind.</summary>
    private static IEnumerable<string> Near(string key)
    {
        for (var at = 0; at < key.Length; at++)
        {
            for (var c = '!'; c <= '~'; c++)
            {
                if (c != key[at])
                {
                    yield return $"{key[..at]}{c}{key[(at + 1)..]}";
                }
            }

            yield return key.Remove(at, 1);
            yield return key.Insert(at, $"{key[at]}");
            yield return key[..at];
        }

        foreach (var other in new[] { key.ToUpperInvariant(), key + " ", " " + key, key + "\0", key + key, $"\"{key}\"", key + "\n", "Bearer " + key })
        {
            yield return other;
        }
    }

    private static string Random(Random random) => string.Create(random.Next(0, 300), random, static (span, random) =>
    {
        foreach (ref var c in span)
        {
            c = (char)random.Next(' ', 0x100);
        }
    });
}
