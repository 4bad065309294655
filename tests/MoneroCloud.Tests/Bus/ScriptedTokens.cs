using System.Collections.Concurrent;
using MoneroCloud.Core;
using MoneroCloud.Functions;

namespace MoneroCloud.Tests;

/// <summary>An identity's tokens, each good for an hour, which a script of the broker takes; and every token that the broker was shown.</summary>
internal sealed class ScriptedTokens(TimeProvider time) : IBusTokenSource
{
    public const string Secret = "eyJ-SECRET";

    private readonly ConcurrentQueue<BrokerToken> _shown = [];
    private int _asked;

    /// <summary>Null: a token is given.</summary>
    public string? Failure { get; set; }

    /// <summary>Null: they are taken.</summary>
    public BrokerTokenVerdict? Verdict { get; set; }

    public int Asked => Volatile.Read(ref _asked);

    public IReadOnlyCollection<BrokerToken> Shown => _shown;

    public int ShownFor(string queue) => _shown.Count(token => token.Name == $"sb://127.0.0.1/{queue}");

    public Task<BusTokenAnswer> GetAsync(string audience, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _asked);
        var expires = time.GetUtcNow() + TimeSpan.FromHours(1);
        return Task.FromResult<BusTokenAnswer>(Failure is { } why
            ? new BusTokenAnswer.Failed(why)
            : new BusTokenAnswer.Given(new BusToken(BusRules.EntraToken, Secret, expires, expires - BusRules.EntraRenewBefore)));
    }

    /// <summary>For the script: looks at what is shown; the broker itself judges a SAS token.</summary>
    public BrokerTokenVerdict? Judge(BrokerToken token)
    {
        _shown.Enqueue(token);
        return Verdict ?? (token is { Type: BusRules.EntraToken, Text: Secret } ? new BrokerTokenVerdict.Accepted(BrokerUser.Monitor, time.GetUtcNow() + TimeSpan.FromHours(1)) : null);
    }
}
