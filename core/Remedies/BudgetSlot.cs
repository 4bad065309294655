using System.Security.Cryptography;
using System.Text;

namespace MoneroCloud.Core;

/// <summary>One automatic restart that was allowed. Whoever asks for the same again gets the same slot: a try that was cut off counts once.</summary>
/// <param name="At">By the monitor's clock.</param>
/// <param name="For">Which restart: node, life and try, as 12 hexadecimal digits.</param>
/// <param name="Daemon">Of a node whose daemon is down: that daemon, as 12 hexadecimal digits; null else.</param>
internal sealed record BudgetSlot(DateTimeOffset At, string For, string? Daemon)
{
    public static BudgetSlot Of(NodeId node, RemedyDecision.Wanted wanted, DateTimeOffset now) =>
        new(now, Short($"{node}\n{wanted.Identity}\n{wanted.Try}"), wanted.DownDaemon is { } daemon ? Short(daemon) : null);

    private static string Short(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 6));
}
